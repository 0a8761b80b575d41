extern uint8_t c;
