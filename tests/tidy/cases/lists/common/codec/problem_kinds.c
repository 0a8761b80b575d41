static const int rows[] = {{CODE__MALFORMED, 400}, {CODE__NOT_FOUND, 404}, {CODE__TOO_LARGE, 413}};
