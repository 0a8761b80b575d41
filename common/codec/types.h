/* types.h: between the messages of types.proto and the structs of common/base. A NULL message is an absent field:
 * has_…() tells, …_of() of an absent one is a bug unless its comment says otherwise. …_to() allocates in the arena. */
#ifndef COMMON_CODEC_TYPES_H
#define COMMON_CODEC_TYPES_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/base/quantity.h"
#include "types.pb-c.h"

struct id id_of(const Types__Id *message); /* absent, or not 16 bytes: the zero id */
static inline struct day day_of(const Types__Day *message)
{
        return day_of_number(message->days);
}
static inline struct month month_of(const Types__Month *message)
{
        return month_of_number(message->months);
}
static inline struct hours hours_of(const Types__Hours *message) /* absent: zero */
{
        return hours_of_hundredths(message == NULL ? 0 : message->hundredths);
}
static inline struct money money_of(const Types__Money *message) /* absent: zero */
{
        return money_of_cents(message == NULL ? 0 : message->cents);
}
static inline struct share share_of(const Types__Share *message) /* absent: zero */
{
        return share_of_millionths(message == NULL ? 0 : message->millionths);
}
static inline struct decimal decimal_of(const Types__Decimal *message) /* absent: zero */
{
        return decimal_of_millionths(message == NULL ? 0 : message->millionths);
}

Types__Id *id_to(struct arena *arena, struct id id);
Types__Day *day_to(struct arena *arena, struct day day);
Types__Month *month_to(struct arena *arena, struct month month);
Types__Instant *instant_to(struct arena *arena, int64_t at_ms);
Types__Hours *hours_to(struct arena *arena, struct hours hours);
Types__Money *money_to(struct arena *arena, struct money money);
Types__Share *share_to(struct arena *arena, struct share share);
Types__Decimal *decimal_to(struct arena *arena, struct decimal decimal);

#endif
