#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/lib/hired.h"

#include <stdio.h>
#include <string.h>

int hired_open(struct hired *ret, const char *name)
{
        ret->net = net_open(&ret->home, name);
        if (ret->net == NULL)
                return -1;
        month_end_obligation(ret->net, &ret->month_end);
        id_format(ret->month_end.company, ret->company);
        id_format(ret->month_end.obligation, ret->obligation);
        net_wait_followed(ret->net, "tracking-1", "contracts-1");
        net_wait_followed(ret->net, "tracking-2", "contracts-1");
        return 0;
}

void hired_close(struct hired *hired)
{
        net_close(&hired->home, hired->net);
}

int hired_ask(const struct hired *hired, const char *method, const char *format, ...)
{
        char json[2048];
        va_list args;
        va_start(args, format);
        (void)vsnprintf(json, sizeof(json), format, args);
        va_end(args);
        return CTL_RUN(hired->net->directory, "call", "tracking", method, json, "--as", "FACILITATOR", "--territory",
                       "*");
}

void hired_take_id(const char *name, char ret[ID_TEXT_SIZE])
{
        struct id id;
        const char *at = strstr(ctl_output(), name);
        at = at == NULL ? NULL : strchr(at + strlen(name) + 1, '"');
        if (at == NULL)
                fail_msg("no %s in: %s", name, ctl_output());
        (void)snprintf(ret, ID_TEXT_SIZE, "%s", at + 1);
        assert_int_equal(id_parse(ret, &id), 0);
}

void hired_refer(const struct hired *hired, const char *family_name, const char *territory, const char *prescriber,
                 char ret[ID_TEXT_SIZE])
{
        ctl_done(hired_ask(hired, "ReferBeneficiary",
                           "{\"identity\":{\"familyName\":\"%s\",\"givenName\":\"Zéphirine\",\"bornOn\":\"1990-05-17\","
                           "\"sex\":\"WOMAN\",\"commune\":\"31555\"},\"territory\":\"%s\",\"prescriber\":\"%s\"}",
                           family_name, territory, prescriber));
        hired_take_id("beneficiaryId", ret);
        ctl_done(hired_ask(hired, "DecideEligibility",
                           "{\"beneficiaryId\":\"%s\",\"publicCode\":\"B_RSA\",\"proofCode\":\"ATTESTATION_RSA\","
                           "\"proofDated\":\"2026-01-20\",\"validFrom\":\"2026-02-01\",\"decidedOn\":\"2026-02-01\","
                           "\"eligible\":true}",
                           ret));
}

int hired_place(const struct hired *hired, const char *person, const char *starts_on, const char *before)
{
        return hired_ask(hired, "OpenPlacement",
                         "{\"beneficiaryId\":\"%s\",\"obligationId\":\"%s\",\"modality\":\"DIRECT_HIRE\","
                         "\"employer\":\"%s\",\"employerName\":\"Jardins du Midi\",\"hostCompany\":\"%s\","
                         "\"tutor\":\"M. Tuteur\",\"startsOn\":\"%s\",\"weeklyHours\":\"35\",\"romeCode\":\"F1703\","
                         "\"workContract\":\"CDD\"%s%s%s}",
                         person, hired->obligation, hired->company, hired->company, starts_on,
                         before == NULL ? "" : ",\"continuesPlacementId\":\"", before == NULL ? "" : before,
                         before == NULL ? "" : "\"");
}
