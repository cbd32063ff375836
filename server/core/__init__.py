"""What every floor stands on. It knows no room: what it must know of one is handed to it when the app is made."""
