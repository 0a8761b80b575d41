int unguarded;
