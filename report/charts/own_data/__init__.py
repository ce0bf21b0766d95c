"""The pictures of a company's own history: what it tells, how it fits, how far its response was observed."""
