"""Use cases, named by what somebody does; they take a Session and a clock, never a request."""
