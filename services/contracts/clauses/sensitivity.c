#include "services/contracts/clauses/sensitivity.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

#define USED_BY(METHOD) (1u << CONTRACTS__CALIBRATION_METHOD__##METHOD)

/* Figures that can be varied: their place in a Calibration, and the methods whose hours follow from them. */
static const struct figure {
        const char *field;
        unsigned used_by;
} figures[] = {
        {"amount", USED_BY(FORMULA) | USED_BY(PER_INVOICED) | USED_BY(STEP_TABLE) | USED_BY(SHARE_OF_HOURS)},
        {"labour_share", USED_BY(FORMULA) | USED_BY(SHARE_OF_HOURS)},
        {"insertion_rate", USED_BY(FORMULA) | USED_BY(SHARE_OF_HOURS)},
        {"hourly_cost", USED_BY(FORMULA) | USED_BY(SHARE_OF_HOURS)},
        {"amount_per_hour", USED_BY(PER_INVOICED)},
        {"trigger", USED_BY(PER_INVOICED)},
        {"total_hours", USED_BY(SHARE_OF_HOURS)},
        {"chosen_hours", USED_BY(FIXED_HOURS)},
};

/* Once the hours of the lot are given, nothing is estimated from the amount. */
static bool is_used(const Contracts__Calibration *calibration, const struct figure *figure)
{
        if ((figure->used_by & (1u << calibration_method(calibration))) == 0)
                return false;
        return calibration->total_hours == NULL || strcmp(figure->field, "total_hours") == 0 ||
               strcmp(figure->field, "insertion_rate") == 0;
}

/* value x (1 ± by), cut. False: it cannot be counted. */
static bool vary(int64_t value, int64_t millionths, int64_t *ret)
{
        struct hours part; /* any integer will do: the share of it is exact */
        int64_t varied;
        uint32_t by = (uint32_t)(millionths < 0 ? -millionths : millionths);
        if (hours_share(hours_of_hundredths(value), share_of_millionths(by), &part) != 0)
                return false;
        int64_t step = millionths < 0 ? -hours_hundredths(part) : hours_hundredths(part);
        if (__builtin_add_overflow(value, step, &varied))
                return false;
        *ret = varied;
        return true;
}

/* A copy of the figure's message with the varied value. NULL: absent, or not countable. */
static ProtobufCMessage *varied_figure(const ProtobufCMessage *figure, int64_t millionths, struct arena *arena)
{
        int64_t value;
        if (figure == NULL)
                return NULL;
        if (figure->descriptor == &types__share__descriptor) {
                int64_t share = share_millionths(share_of((const Types__Share *)figure));
                if (!vary(share, millionths, &value))
                        return NULL;
                value = value > SHARE_ONE_MILLIONTHS ? SHARE_ONE_MILLIONTHS : value;
                return &share_to(arena, share_of_millionths((uint32_t)value))->base;
        }
        if (figure->descriptor == &types__money__descriptor) {
                if (!vary(((const Types__Money *)figure)->cents, millionths, &value))
                        return NULL;
                return &money_to(arena, money_of_cents(value))->base;
        }
        require(figure->descriptor == &types__hours__descriptor);
        if (!vary(((const Types__Hours *)figure)->hundredths, millionths, &value))
                return NULL;
        return &hours_to(arena, hours_of_hundredths(value))->base;
}

/* The hours with one figure varied. NULL: there are none to tell. */
static Types__Hours *hours_with(const Contracts__Calibration *calibration, const char *field, int64_t millionths,
                                struct arena *arena)
{
        const ProtobufCFieldDescriptor *place =
                protobuf_c_message_descriptor_get_field_by_name(calibration->base.descriptor, field);
        Contracts__Calibration varied = *calibration;
        const ProtobufCMessage *figure;
        struct hours hours;
        struct refusal refusal;

        /* Copied bytewise: a pointer to a figure is not one to a ProtobufCMessage, as the compiler sees it. */
        memcpy(&figure, (const char *)calibration + place->offset, sizeof(figure));
        figure = varied_figure(figure, millionths, arena);
        memcpy((char *)&varied + place->offset, &figure, sizeof(figure));
        if (figure == NULL || !calibration_due(&varied, money_of(varied.amount), &hours, &refusal))
                return NULL;
        return hours_to(arena, hours);
}

Contracts__Sensitivity **sensitivity_of(const Contracts__Calibration *calibration, struct share by, struct arena *arena,
                                        size_t *ret_count)
{
        Contracts__Sensitivity **list = NULL;
        int64_t millionths = share_millionths(by);

        *ret_count = 0;
        for (size_t i = 0; i < ARRAY_SIZE(figures); i++) {
                const char *field = figures[i].field;
                Types__Hours *less = NULL, *more = NULL;
                if (is_used(calibration, &figures[i])) {
                        less = hours_with(calibration, field, -millionths, arena);
                        more = hours_with(calibration, field, millionths, arena);
                }
                if (less == NULL || more == NULL)
                        continue;
                Contracts__Sensitivity *one = pb_new(&contracts__sensitivity__descriptor, arena);
                one->parameter = (char *)(uintptr_t)field;
                one->less = less;
                one->more = more;
                list = pb_append((void *)list, ret_count, sizeof(one), arena);
                list[*ret_count - 1] = one;
        }
        return list;
}
