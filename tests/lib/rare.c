#include "tests/lib/rare.h"

#include <stdarg.h>
#include <stdio.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/queries.pb-c.h"
#include "directory/queries.pb-c.h"
#include "tests/lib/harness.h"

#define OURS "73282932000074"

static const int64_t DAY_MS = 86400000;

struct telling_of {
        struct plausible *pool;
        struct arena arena;
        const char *kind;
        const char *of_ours; /* JSON: what a member owes whom an insider acts for */
};

/* As the coordinator, in JSON; the first field of the reply is the id of what it is about. */
static ATTR_FORMAT(3, 4) const char *tell(struct telling_of *to, const char *method_name, const char *format, ...)
{
        char json_text[2000], *id = arena_alloc(&to->arena, ID_TEXT_SIZE);
        const struct any_method *method = method_named("contracts", method_name);
        ProtobufCMessage *request = NULL;
        struct refusal refusal;
        json_t *json = NULL;
        va_list arguments;

        va_start(arguments, format);
        (void)vsnprintf(json_text, sizeof(json_text), format, arguments);
        va_end(arguments);
        if (!json_of_text(slice_of(json_text, strlen(json_text)), &json, &refusal) ||
            !json_to_message(json, method->descriptor->input, &to->arena, &request, &refusal))
                harness_fail("%s: %s: %s", method_name, refusal.field, refusal.text);
        json_decref(json);
        struct said said =
                ask_as(method, somebody(TYPES__ROLE__COORDINATOR, NULL, "*", &to->arena), request, &to->arena);
        if (!said.granted) {
                const Types__Refusal *why = pb_decode(&types__refusal__descriptor, said.bytes, &to->arena);
                harness_fail("%s: %s: %s", method_name, why->field, why->text);
        }
        const ProtobufCMessage *reply = pb_decode(method->descriptor->output, said.bytes, &to->arena);
        plausible_learn(to->pool, reply);
        const ProtobufCFieldDescriptor *first = &reply->descriptor->fields[0];
        if (first->descriptor != &types__id__descriptor)
                return "";
        const void *member = (const uint8_t *)reply + first->offset;
        id_format(id_of(*(const Types__Id *const *)member), id);
        return id;
}

static const char *open_contract(struct telling_of *to, const char *notified_on)
{
        return tell(to, "OpenContract",
                    "{\"isAnother\":true,\"record\":{\"kind\":\"%s\",\"buyerSiret\":\"21310555400017\","
                    "\"buyerName\":\"Commune\","
                    "\"object\":\"Réfection de l'école\",\"cpv\":\"45442100-8\",\"durationMonths\":12,"
                    "\"grouping\":\"Conjoint\",\"place\":{\"kind\":\"COMMUNE\",\"code\":\"31555\"},"
                    "\"amount\":\"1000000.00\"%s%s%s},\"territories\":[\"31\"]}",
                    to->kind, *notified_on == '\0' ? "" : ",\"notifiedOn\":\"", notified_on,
                    *notified_on == '\0' ? "" : "\"");
}

static void decline(struct telling_of *to)
{
        const char *contract = open_contract(to, "");
        (void)tell(to, "RecordAssociation", "{\"contractId\":\"%s\",\"association\":\"NOT_ASSOCIATED\"}", contract);
        (void)tell(to, "DeclineContract",
                   "{\"contractId\":\"%s\",\"reason\":\"TOLD_TOO_LATE\",\"text\":\"Découvert dans l'avis.\"}",
                   contract);
}

static const char *ask(struct telling_of *to, const char *contract)
{
        return tell(to, "RecordQuestion",
                    "{\"contractId\":\"%s\",\"receivedOn\":\"2026-10-16\",\"text\":\"Et les apprentis ?\","
                    "\"channel\":\"BY_EMAIL\",\"askerName\":\"SARL Durand\",\"askerSiret\":\"13002526500013\"}",
                    contract);
}

static void consult(struct telling_of *to)
{
        const char *contract = open_contract(to, "");
        (void)tell(to, "OpenConsultation",
                   "{\"contractId\":\"%s\",\"publishedOn\":\"2026-10-01\",\"offersDueOn\":\"2026-11-10\","
                   "\"buyerContact\":\"Service des marchés\"}",
                   contract);
        const char *answered = ask(to, contract), *aside = ask(to, contract);
        (void)ask(to, contract);
        (void)tell(to, "DraftAnswer", "{\"questionId\":\"%s\",\"wording\":\"Les apprentis ?\",\"answer\":\"Oui.\"}",
                   answered);
        (void)tell(to, "SendAnswer", "{\"questionId\":\"%s\"}", answered);
        (void)tell(to, "PublishAnswer",
                   "{\"questionId\":\"%s\",\"publishedOn\":\"2026-10-18\",\"reference\":\"AVIS 31\"}", answered);
        (void)tell(to, "SetQuestionAside", "{\"questionId\":\"%s\",\"reason\":\"Sans objet\"}", aside);
}

static const char *owe(struct telling_of *to, const char *clause, const char *siret, const char *more)
{
        daemons_world.now_ms_value++; /* ids grow with time */
        return tell(to, "RecordObligation",
                    "{\"clauseId\":\"%s\",\"contractorSiret\":\"%s\",\"contractorName\":\"Entreprise %s\"%s}", clause,
                    siret, siret, more);
}

static void penalise(struct telling_of *to, const char *obligation)
{
        const char *control_case = tell(
                to, "OpenCase", "{\"obligationId\":\"%s\",\"ground\":\"LATE_STATEMENT\",\"periodEnd\":\"2026-06-30\"}",
                obligation);
        (void)tell(to, "RecordReminder", "{\"caseId\":\"%s\",\"sentOn\":\"2026-10-18\"}", control_case);
        daemons_world.now_ms_value += 21 * DAY_MS;
        (void)tell(to, "WarnBuyer", "{\"caseId\":\"%s\"}", control_case);
        (void)tell(to, "DraftFormalNotice", "{\"caseId\":\"%s\"}", control_case);
        (void)tell(to, "ServeFormalNotice",
                   "{\"caseId\":\"%s\",\"servedOn\":\"2026-11-08\",\"reference\":\"LRAR 118\",\"signatory\":\"La "
                   "directrice\"}",
                   control_case);
        daemons_world.now_ms_value += 16 * DAY_MS;
        (void)tell(to, "ProposePenalty", "{\"caseId\":\"%s\",\"kind\":\"PROPOSE_FULL\",\"reasons\":\"Sans réponse\"}",
                   control_case);
        (void)tell(to, "RecordBuyerDecision",
                   "{\"decision\":{\"caseId\":\"%s\",\"choice\":\"CHOICE_APPLY\",\"reasons\":\"Au vu du dossier\","
                   "\"reference\":\"Courrier 204\"},\"decidedOn\":\"2026-11-24\",\"signatory\":\"Le maire\"}",
                   control_case);
        daemons_world.now_ms_value -= 37 * DAY_MS; /* it is today again */
}

static void share_hours(struct telling_of *to)
{
        const char *contract = open_contract(to, "2026-03-02");
        const char *clause = tell(
                to, "PutClause",
                "{\"contractId\":\"%s\",\"lot\":1,\"calibration\":{\"amount\":\"1000000.00\",\"labourShare\":\"0.5\","
                "\"insertionRate\":\"0.05\",\"hourlyCost\":\"30.00\"}}",
                contract);
        (void)tell(to, "PutControlPlan", "{\"clauseId\":\"%s\",\"plan\":{}}", clause);
        const char *lead = owe(to, clause, "13002526500013", ",\"hours\":\"500\",\"groupRole\":\"GROUP_LEAD\"");
        const char *member = owe(to, clause, OURS, to->of_ours); /* who sees its own hours only */
        (void)tell(to, "WaiveHours",
                   "{\"obligationId\":\"%s\",\"hours\":\"33\",\"reason\":\"Activité partielle\",\"decision\":"
                   "{\"buyerSiret\":\"21310555400017\",\"reference\":\"Courrier 118\",\"decidedOn\":\"2026-10-12\"}}",
                   member);
        penalise(to, lead);
}

static void order(struct telling_of *to)
{
        const char *contract = open_contract(to, "2026-03-02");
        const char *clause = tell(to, "PutClause",
                                  "{\"contractId\":\"%s\",\"lot\":1,\"calibration\":{\"method\":\"PER_INVOICED\","
                                  "\"amountPerHour\":\"2000.00\",\"hourlyCost\":\"30.00\"}}",
                                  contract);
        const char *obligation = owe(to, clause, "13002526500013", ",\"byInvoices\":true");
        (void)tell(
                to, "RecordOrder",
                "{\"obligationId\":\"%s\",\"kind\":\"PURCHASE_ORDER\",\"number\":\"BC-1\",\"startsOn\":\"2026-04-01\","
                "\"endsOn\":\"2026-12-31\",\"amount\":\"300000.00\"}",
                obligation);
        (void)tell(to, "RecordContractInvoice",
                   "{\"obligationId\":\"%s\",\"number\":\"F-1\",\"dated\":\"2026-06-30\",\"amount\":\"120000.00\"}",
                   obligation);
}

/* In force this year, and paid by the contract: there are some of its buyer. */
static void agree(struct telling_of *to)
{
        const char *agreement =
                tell(to, "PutAgreement",
                     "{\"agreement\":{\"buyerSiret\":\"21310555400017\",\"buyerName\":\"Commune\",\"kinds\":[\"%s\"],"
                     "\"buyerRepresentedBy\":\"son maire\",\"carrierSiret\":\"13002526500013\","
                     "\"carrierName\":\"Maison\","
                     "\"carrierRepresentedBy\":\"sa présidente\",\"perimeter\":\"Tous\","
                     "\"buyerCommitments\":[\"Associer\"],\"carrierCommitments\":[\"Rendre compte\"],"
                     "\"territories\":[\"31\"],\"fee\":{\"kind\":\"PER_CONTRACT\",\"rate\":\"250.00\"},"
                     "\"startsOn\":\"2026-01-01\",\"endsOn\":\"2026-12-31\",\"noticeDays\":60}}",
                     to->kind);
        (void)tell(to, "SignAgreement", "{\"agreementId\":\"%s\",\"signedOn\":\"2026-01-05\"}", agreement);
}

/* A piece of a contract to come, handed over. */
static void draft(struct telling_of *to)
{
        const char *contract = open_contract(to, "");
        (void)tell(to, "PutClause",
                   "{\"contractId\":\"%s\",\"lot\":1,\"calibration\":{\"amount\":\"1000000.00\","
                   "\"labourShare\":\"0.5\",\"insertionRate\":\"0.05\",\"hourlyCost\":\"30.00\"}}",
                   contract);
        (void)tell(to, "PutDraftItems",
                   "{\"contractId\":\"%s\",\"lot\":1,\"items\":{\"perimeter\":\"la réfection de l'école\","
                   "\"facilitator\":{\"name\":\"Camille Exemple\",\"organisation\":\"Maison de l'emploi\","
                   "\"phone\":\"05 00 00 00 00\"},\"publics\":[\"B_RSA\"],\"lever\":\"CONDITION_LEVER\"}}",
                   contract);
        (void)tell(to, "KeepDraft", "{\"contractId\":\"%s\",\"lot\":1,\"piece\":\"CCAP\"}", contract);
}

static struct id ours(struct arena *arena)
{
        const struct any_method *method = method_named("directory", "Organisations");
        Directory__OrganisationsRequest query = DIRECTORY__ORGANISATIONS_REQUEST__INIT;
        query.siret = arena_text(arena, OURS);
        struct said said = ask_as(method, somebody(TYPES__ROLE__COORDINATOR, NULL, "*", arena), &query.base, arena);
        const Directory__OrganisationsReply *reply = pb_decode(method->descriptor->output, said.bytes, arena);
        require(said.granted && reply->n_organisations == 1);
        return id_of(reply->organisations[0]->organisation_id);
}

void rare_things(struct plausible *pool, bool are_private)
{
        struct telling_of to = {.pool = pool, .kind = are_private ? "PRIVATE" : "MARKET"};
        char id[ID_TEXT_SIZE];
        id_format(ours(&to.arena), id);
        to.of_ours = arena_printf(
                &to.arena, ",\"contractorOrganisation\":\"%s\",\"hours\":\"333\",\"groupRole\":\"GROUP_MEMBER\"", id);
        share_hours(&to);
        order(&to);
        consult(&to);
        decline(&to);
        draft(&to);
        agree(&to);
        daemons_follow();
        arena_fini(&to.arena);
}
