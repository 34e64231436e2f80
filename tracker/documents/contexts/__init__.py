"""What each form says: plain words under Chinese names, which are the placeholders of the templates."""
