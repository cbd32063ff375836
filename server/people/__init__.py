"""The wing of who takes part: accounts, recruitment, courses, training, exams, accreditation, skill, rounds."""
