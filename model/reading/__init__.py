"""What comes in from a person, a file or a link: read, checked, and refused with every fault and its mend."""
