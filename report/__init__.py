"""The documents: charts, sentences and files made from projections. Imports the model, never Streamlit."""
