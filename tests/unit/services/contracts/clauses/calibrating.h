/* calibrating.h: calibrations to calculate, with the rules that are delivered. Include after cmocka.h. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CLAUSES_CALIBRATING_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CLAUSES_CALIBRATING_H

#include "tests/lib/engine_fixture.h"

#include "services/contracts/clauses/calibration.h"
#include "services/contracts/clauses/calibration_rules.h"

static struct arena arena;
static struct dated dated;
static struct publics publics;
static struct calibration_basis basis;

static inline int load(void **state)
{
        struct err_info info = {0};
        (void)state;
        arena_init(&arena);
        int err = dated_load("deploy/rules", "calibration", &contracts__calibration_rules__descriptor, &dated, &info);
        if (err == 0)
                err = publics_open("deploy/rules", &publics, &info);
        if (err == 0)
                basis = (struct calibration_basis){.rules = dated_on(&dated, day_of_civil((struct civil){2026, 11, 1})),
                                                   .publics = &publics};
        return err;
}

static inline int unload(void **state)
{
        (void)state;
        publics_close(&publics);
        dated_fini(&dated);
        arena_fini(&arena);
        return 0;
}

static inline Types__Money *cents(int64_t count)
{
        return money_to(&arena, money_of_cents(count));
}

static inline Types__Share *millionths(uint32_t count)
{
        return share_to(&arena, share_of_millionths(count));
}

static inline Types__Hours *whole_hours(int64_t count)
{
        return hours_to(&arena, hours_of_hundredths(count * 100));
}

/* With plain spaces, as it is written in a test. */
static inline char *plain(const char *text)
{
        char *copy = arena_text(&arena, text), *to = copy;
        for (const char *from = copy; *from != '\0'; to++) {
                size_t size = strncmp(from, "\xc2\xa0", 2) == 0 ? 2 : strncmp(from, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
                *to = size > 0 ? ' ' : *from;
                from += size > 0 ? size : 1;
        }
        *to = '\0';
        return copy;
}

/* By the formula; other methods change what they need. */
static inline Contracts__Calibration *given(int64_t euros, uint32_t labour, uint32_t rate, int64_t cost_cents)
{
        Contracts__Calibration *calibration = pb_new(&contracts__calibration__descriptor, &arena);
        calibration->amount = cents(euros * 100);
        calibration->labour_share = millionths(labour);
        calibration->insertion_rate = millionths(rate);
        calibration->hourly_cost = cents(cost_cents);
        return calibration;
}

static inline Contracts__Calibration *of_method(Contracts__CalibrationMethod method)
{
        Contracts__Calibration *calibration = pb_new(&contracts__calibration__descriptor, &arena);
        calibration->method = method;
        return calibration;
}

static inline Contracts__Calibration *completed(const Contracts__Calibration *asked)
{
        Contracts__Calibration *calibration;
        struct refusal refusal;
        if (!calibration_complete(asked, &basis, &arena, &calibration, &refusal))
                fail_msg("%s: %s", refusal.field, refusal.text);
        return calibration;
}

static inline struct calibration_result computed(const Contracts__Calibration *calibration)
{
        struct calibration_result result;
        struct refusal refusal;
        if (!calibration_compute(calibration, &basis, &result, &refusal))
                fail_msg("%s: %s", refusal.field, refusal.text);
        return result;
}

#endif
