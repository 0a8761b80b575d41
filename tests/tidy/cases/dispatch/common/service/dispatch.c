{"Health", health},
