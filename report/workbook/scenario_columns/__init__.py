"""Every scenario live at once: a sheet of calculations for each column of Inputs, whether selected or not."""
