"""The HTTP API, a file a noun: `/api/v1`. A face: it reads, asks a journey, and writes the reply."""
