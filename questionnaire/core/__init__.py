"""What an answer is and what it means: pure functions, without web, database, clock or mail."""
