#include "services/ctl/journey.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "services/ctl/health.h"
#include "services/ctl/options.h"
#include "services/ctl/terminal.h"

enum { SETTLE_MS = 60000 };

void journey_check(struct journey *journey, bool holds, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        (void)fputs(holds ? "    vérifié : " : "    FAUX : ", stdout);
        (void)vprintf(format, args);
        (void)putchar('\n');
        (void)fflush(stdout);
        va_end(args);
        journey->checked++;
        journey->failed += !holds;
}

void journey_title(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        (void)vprintf(format, args);
        (void)putchar('\n');
        (void)fflush(stdout);
        va_end(args);
}

void journey_copy(char *ret_text, size_t size, const char *text)
{
        size_t length = strlen(text);
        if (length >= size)
                length = size - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80)
                length--;
        memcpy(ret_text, text, length);
        ret_text[length] = '\0';
}

const char *journey_hours(struct hours hours, char ret_text[JOURNEY_AMOUNT_SIZE])
{
        char canonical[QUANTITY_TEXT_SIZE];
        hours_format(hours, canonical);
        return amount_text(canonical, ret_text);
}

const char *journey_money(struct money money, char ret_text[JOURNEY_AMOUNT_SIZE])
{
        char canonical[QUANTITY_TEXT_SIZE];
        money_format(money, canonical);
        return amount_text(canonical, ret_text);
}

bool journey_settle(struct journey *journey)
{
        return health_wait_settled(&journey->session, SETTLE_MS) ||
               complain("les services n'ont pas rattrapé leur retard en une minute ; voir « guichetctl status ».") == 0;
}

Reporting__ConsolidationReply *journey_consolidation(struct journey *journey, struct arena *arena)
{
        Reporting__ConsolidationRequest request = REPORTING__CONSOLIDATION_REQUEST__INIT;
        session_act(&journey->session, TYPES__ROLE__COORDINATOR, NULL, "*");
        const void *reply = session_call(&journey->session, "reporting.Consolidation", &request, NULL, arena);
        return (Reporting__ConsolidationReply *)(uintptr_t)reply;
}

/* One leg for each partition of tracking that names its territories, or one leg alone. */
