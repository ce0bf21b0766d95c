"""The screens, a folder each: `screen.draw` draws it, the files beside it are the parts that only it uses."""
