"""Accounts: who a person is here, how they sign in, which devices and tokens act for them."""
