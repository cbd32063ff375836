"""The company's inbox, and the answer page behind a link."""
