"""Every kind of file that can be ordered, and what makes them: images, ZIP, the browser that draws."""
