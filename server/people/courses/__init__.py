"""What is taught, as content: modules, lessons, banks of questions, and how an answer is marked.

Core, not a room: learning and the exam both read it. It reads `training_modules/`, one folder a module, and keeps nothing.
"""
