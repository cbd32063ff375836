"""The agreement, the certificate, and appeals."""
