"""The pages of the audit trail (trust.audit), read by administrators and the data-protection officer."""
