"""What is taught, as content: modules, lessons, banks of questions, and how an answer is marked.

The one room that the other rooms of `people` may read: training, exams and skill do. It reads `training_modules/`, one
folder a module, and has no table.
"""
