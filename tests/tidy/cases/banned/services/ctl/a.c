struct day today = day_of_instant_ms(now_ms);
struct day here = local_day("", now_ms);
