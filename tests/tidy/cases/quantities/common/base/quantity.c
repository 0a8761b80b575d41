int64_t inside = hours.v;
