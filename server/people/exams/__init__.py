"""The exam: what is drawn, by when it must be answered, what it came to, and what the answers of many people show.

Owns the words attempt, answer to a question, item (a question as its answers show it) and similar answers.
"""
