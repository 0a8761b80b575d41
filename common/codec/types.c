#include "common/codec/types.h"

#include "common/codec/pb.h"

struct id id_of(const Types__Id *message)
{
        struct id id = {0};
        if (message != NULL && message->value.len == sizeof(id.b))
                memcpy(id.b, message->value.data, sizeof(id.b));
        return id;
}

Types__Id *id_to(struct arena *arena, struct id id)
{
        Types__Id *message = pb_new(&types__id__descriptor, arena);
        message->value.data = arena_copy(arena, id.b, sizeof(id.b));
        message->value.len = sizeof(id.b);
        return message;
}

Types__Day *day_to(struct arena *arena, struct day day)
{
        Types__Day *message = pb_new(&types__day__descriptor, arena);
        message->days = day_number(day);
        return message;
}

Types__Month *month_to(struct arena *arena, struct month month)
{
        Types__Month *message = pb_new(&types__month__descriptor, arena);
        message->months = month_number(month);
        return message;
}

Types__Instant *instant_to(struct arena *arena, int64_t at_ms)
{
        Types__Instant *message = pb_new(&types__instant__descriptor, arena);
        message->ms = at_ms;
        return message;
}

Types__Hours *hours_to(struct arena *arena, struct hours hours)
{
        Types__Hours *message = pb_new(&types__hours__descriptor, arena);
        message->hundredths = hours_hundredths(hours);
        return message;
}

Types__Money *money_to(struct arena *arena, struct money money)
{
        Types__Money *message = pb_new(&types__money__descriptor, arena);
        message->cents = money_cents(money);
        return message;
}

Types__Share *share_to(struct arena *arena, struct share share)
{
        Types__Share *message = pb_new(&types__share__descriptor, arena);
        message->millionths = share_millionths(share);
        return message;
}

Types__Decimal *decimal_to(struct arena *arena, struct decimal decimal)
{
        Types__Decimal *message = pb_new(&types__decimal__descriptor, arena);
        message->millionths = decimal_millionths(decimal);
        return message;
}
