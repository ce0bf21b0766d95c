"""The sheets of the workbook, a file each; `build` writes them in the order of their tabs."""
