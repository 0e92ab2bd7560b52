"""The Akismet wire protocol: parsing, answers, calls, and nothing of how we judge."""
