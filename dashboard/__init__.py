"""The browser: what a person sees and moves. The numbers come from `model`, the charts and words from `report`."""
