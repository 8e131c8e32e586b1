"""The demo: one fictional buyer, its people, six fictional vendors and all that they answered."""
