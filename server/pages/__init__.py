"""Pages for people, a folder a noun: views, forms, and the reads that only these pages use. A face."""
