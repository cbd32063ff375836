"""The gate: lessons, exams and accreditation.

Owns the words module, section, bank, question, attempt, accreditation, standing and level. Lessons are content in
`training_modules/`, one folder a module; this room reads them, never the other way round.
"""
