"""How the workbook defends itself: every formula compared with the one that was delivered."""
