"""The library of saved scenarios: every save is a new version, and nothing is ever overwritten. No Streamlit."""
