#include "services/notifications/notice.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/base/local_time.h"

/* --- words ------------------------------------------------------------------------------------------------------- */

static const char *modality_of(Types__Modality modality)
{
        static const char *const words[] = {
                [TYPES__MODALITY__DIRECT_HIRE] = "embauche directe par l'entreprise",
                [TYPES__MODALITY__STAFF_PROVIDED] = "mise à disposition par une structure d'insertion ou d'intérim",
                [TYPES__MODALITY__SUBCONTRACTING] = "sous-traitance à une structure inclusive",
        };
        return (size_t)modality < ARRAY_SIZE(words) && words[modality] != NULL ? words[modality] : "à préciser";
}

struct outcome_words {
        const char *name;
        const char *next; /* what the prescriber may do now */
};

static const struct outcome_words *outcome_of(Tracking__Outcome outcome)
{
        static const struct outcome_words unknown = {"suite non connue",
                                                     "Reprenez contact avec la personne pour savoir où elle en est."};
        static const struct outcome_words words[] = {
                [TRACKING__OUTCOME__DURABLE_JOB] = {"emploi durable",
                                                    "Prenez de ses nouvelles dans les mois qui viennent : c'est à six "
                                                    "mois qu'on saura si l'emploi tient."},
                [TRACKING__OUTCOME__TRANSITION_JOB] = {"emploi de transition",
                                                       "Restez en contact : elle peut être orientée vers un autre "
                                                       "besoin avant la fin de cet emploi."},
                [TRACKING__OUTCOME__POSITIVE_EXIT] = {"sortie positive (formation ou autre structure d'insertion)",
                                                      "Restez en contact : elle peut être orientée de nouveau à "
                                                      "l'issue de cette étape."},
                [TRACKING__OUTCOME__OTHER_EXIT] = {"sans emploi ni formation à la sortie",
                                                   "Reprenez contact avec elle pour préparer la suite, et orientez-la "
                                                   "vers un autre besoin si elle le souhaite."},
                [TRACKING__OUTCOME__WITHDRAWN] = {"parcours interrompu (déménagement, santé…)",
                                                  "Reprenez contact avec elle quand sa situation le permettra."},
        };
        return (size_t)outcome < ARRAY_SIZE(words) && words[outcome].name != NULL ? &words[outcome] : &unknown;
}

/* The text on one line, cut to NOTICE_QUOTE_LENGTH_MAX characters; `otherwise` where it says nothing. */
static const char *quote(struct arena *arena, const char *text, const char *otherwise)
{
        if (text_is_empty(text))
                return otherwise;
        size_t size = strlen(text);
        char *line = arena_alloc(arena, size + sizeof("…"));
        size_t length = 0, at = 0;
        for (; at < size; at++) {
                bool starts = ((unsigned char)text[at] & 0xc0) != 0x80;
                if (starts && ++length > NOTICE_QUOTE_LENGTH_MAX)
                        break;
                bool control = (unsigned char)text[at] < 0x20 || text[at] == 0x7f;
                line[at] = control ? ' ' : text[at];
        }
        memcpy(line + at, at < size ? "…" : "", at < size ? sizeof("…") : 1);
        return line;
}

static const char *date(struct arena *arena, struct day day)
{
        struct civil civil = day_civil(day);
        return arena_printf(arena, "%02d/%02d/%04d", civil.day, civil.month, civil.year);
}

static const char *date_or(struct arena *arena, const Types__Day *day, const char *otherwise)
{
        return day == NULL ? otherwise : date(arena, day_of(day));
}

static const char *reference(struct arena *arena, const Types__Id *id)
{
        char *text = arena_alloc(arena, ID_TEXT_SIZE);
        id_format(id_of(id), text);
        return text;
}

/* The day on which the person was referred, which the id of the file holds; NULL where it was made otherwise. */
static const char *referral_day(struct arena *arena, const Types__Id *beneficiary, const char *territory)
{
        struct id id = id_of(beneficiary);
        int64_t at_ms = 0;
        for (int i = 0; i < 6; i++)
                at_ms = at_ms << 8 | id.b[i];
        int32_t day = day_number(day_of_instant_ms(at_ms));
        if (day < day_number(day_of_civil((struct civil){2000, 1, 1})) ||
            day > day_number(day_of_civil((struct civil){2200, 1, 1})))
                return NULL;
        return date(arena, local_day(territory, at_ms));
}

static const char *referral(struct arena *arena, const Types__Id *beneficiary, const char *territory)
{
        const char *day = referral_day(arena, beneficiary, territory);
        return day == NULL ? "Votre orientation" : arena_printf(arena, "Votre orientation du %s", day);
}

static const char *person(struct arena *arena, const Types__Id *beneficiary, const char *territory)
{
        const char *day = referral_day(arena, beneficiary, territory);
        const char *file = reference(arena, beneficiary);
        return day == NULL ? arena_printf(arena, "La personne que vous avez orientée (dossier %s)", file)
                           : arena_printf(arena, "La personne que vous avez orientée le %s (dossier %s)", day, file);
}

static Notifications__NoticePosted *notice_new(struct arena *arena, Notifications__NoticeKind kind,
                                               const char *territory, Types__Id *subject)
{
        Notifications__NoticePosted *notice = pb_new(&notifications__notice_posted__descriptor, arena);
        notice->kind = kind;
        notice->territory = arena_text(arena, territory);
        notice->subject_id = subject;
        return notice;
}

/* --- notices ----------------------------------------------------------------------------------------------------- */

/* One more line of what is known, or nothing. */
static const char *line(struct arena *arena, const char *label, const char *text)
{
        return text == NULL || *text == '\0' ? "" : arena_printf(arena, "%s : %s\n", label, quote(arena, text, ""));
}

/* What a candidate must know beforehand. A need without a company's name is a private contract's: neither its site nor
 * its partner is told. */
static const char *conditions_of(struct arena *arena, const Contracts__NeedDeclared *need)
{
        static const Contracts__NeedConditions none = CONTRACTS__NEED_CONDITIONS__INIT;
        const Contracts__NeedConditions *said = need->conditions != NULL ? need->conditions : &none;
        bool is_private = need->contractor_name[0] == '\0';
        bool has_partner = !is_private && need->partner != NULL &&
                           need->partner->choice == CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        const char *week =
                said->weekly_hours == NULL ? NULL : french_hours(arena, hours_of(said->weekly_hours));
        return arena_printf(arena, "%s%s%s%s%s%s%s%s", line(arena, "Fin", date_or(arena, need->ends_on, NULL)),
                            line(arena, "Site", is_private ? NULL : need->place),
                            line(arena, "Durée par semaine", week), line(arena, "Horaires", said->schedule),
                            line(arena, "Permis", said->driving_licence), said->physical ? "Travail physique\n" : "",
                            line(arena, "À savoir", said->other),
                            line(arena, "Structure choisie par l'entreprise",
                                 has_partner ? need->partner->name : NULL));
}

Notifications__NoticePosted *notice_of_need(const Contracts__NeedDeclared *need, struct arena *arena)
{
        Notifications__NoticePosted *notice =
                notice_new(arena, NOTIFICATIONS__NOTICE_KIND__NEED_OPENED, need->territory, need->need_id);
        const char *trade = quote(arena, need->title, "métier non précisé");
        const char *code = quote(arena, need->rome_code, "à préciser");
        const char *starts = date_or(arena, need->starts_on, NULL);
        const char *company = quote(arena, need->contractor_name, "Une entreprise titulaire");
        bool several = need->positions > 1;

        notice->title =
                arena_printf(arena, "Nouveau besoin : %u poste%s « %s » %s%s", need->positions, several ? "s" : "",
                             trade, starts == NULL ? "à pourvoir" : "à partir du ", starts == NULL ? "" : starts);
        notice->text = arena_printf(
                arena,
                "%s cherche %u personne%s dans le cadre d'une clause sociale d'insertion.\n\n"
                "Métier : %s (code ROME %s)\nNombre de postes : %u\nDébut : %s\n"
                "Lieu de travail : commune %s (code INSEE), département %s\nModalité : %s\n%s\n"
                "Ce que vous pouvez faire : si vous accompagnez une personne que ce poste peut intéresser, orientez-la "
                "dans Guichet en indiquant le besoin %s. Le facilitateur de votre territoire vérifiera son éligibilité "
                "et vous tiendra au courant de la suite.",
                company, need->positions, several ? "s" : "", trade, code, need->positions,
                starts == NULL ? "à convenir" : starts, quote(arena, need->commune, "à préciser"), need->territory,
                modality_of(need->modality), conditions_of(arena, need), reference(arena, need->need_id));
        return notice;
}

Notifications__NoticePosted *notice_of_eligibility(const Tracking__EligibilityDecided *decided, struct arena *arena)
{
        Notifications__NoticePosted *notice = notice_new(arena, NOTIFICATIONS__NOTICE_KIND__ELIGIBILITY_KNOWN,
                                                         decided->territory, decided->beneficiary_id);
        const char *who = person(arena, decided->beneficiary_id, decided->territory);

        notice->title = arena_printf(arena, "%s : %s", referral(arena, decided->beneficiary_id, decided->territory),
                                     decided->eligible ? "éligibilité validée" : "éligibilité non retenue");
        if (decided->eligible)
                notice->text = arena_printf(
                        arena,
                        "%s est éligible à la clause sociale d'insertion%s%s.\n\n"
                        "Elle peut dès maintenant être proposée aux entreprises qui cherchent. Préparez-la à une "
                        "proposition rapide ; vous serez averti du début de son contrat.",
                        who, decided->valid_until == NULL ? "" : ", jusqu'au ",
                        date_or(arena, decided->valid_until, ""));
        else
                notice->text = arena_printf(
                        arena,
                        "%s n'a pas été reconnue éligible à la clause sociale d'insertion.\n\n"
                        "Le facilitateur de votre territoire peut vous en dire le motif. S'il manquait un justificatif "
                        "ou si sa situation a changé, demandez-lui de réexaminer le dossier.",
                        who);
        return notice;
}

Notifications__NoticePosted *notice_of_placement(const Tracking__PlacementOpened *opened, struct arena *arena)
{
        Notifications__NoticePosted *notice = notice_new(arena, NOTIFICATIONS__NOTICE_KIND__PLACEMENT_STARTED,
                                                         opened->territory, opened->placement_id);
        char hours[QUANTITY_TEXT_SIZE];
        hours_format(hours_of(opened->weekly_hours), hours);
        char *comma = strchr(hours, '.');
        if (comma != NULL)
                *comma = ',';
        const char *starts = date_or(arena, opened->starts_on, "une date à préciser");

        notice->title = arena_printf(arena, "%s : contrat à partir du %s",
                                     referral(arena, opened->beneficiary_id, opened->territory), starts);
        notice->text = arena_printf(
                arena,
                "%s commence un contrat au titre d'une clause sociale d'insertion.\n\n"
                "Employeur : %s\nModalité : %s\nContrat : %s\nDu %s %s%s\nDurée hebdomadaire : %s%s\nCode ROME : %s\n\n"
                "Ce que vous pouvez faire : restez en contact avec elle pendant ses premières semaines, et signalez au "
                "facilitateur tout ce qui peut gêner son travail (transport, garde d'enfant, santé).",
                person(arena, opened->beneficiary_id, opened->territory),
                quote(arena, opened->employer_name, "à préciser"), modality_of(opened->modality),
                quote(arena, opened->work_contract, "à préciser"), starts,
                opened->ends_on == NULL ? "sans terme fixé" : "au ", date_or(arena, opened->ends_on, ""),
                opened->weekly_hours == NULL ? "à préciser" : hours, opened->weekly_hours == NULL ? "" : " h",
                quote(arena, opened->rome_code, "à préciser"));
        return notice;
}

Notifications__NoticePosted *notice_of_outcome(const Tracking__PlacementEnded *ended, struct arena *arena)
{
        Notifications__NoticePosted *notice = notice_new(arena, NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED,
                                                         ended->territory, ended->placement_id);
        const struct outcome_words *outcome = outcome_of(ended->outcome);
        const char *day = date_or(arena, ended->ended_on, "une date à préciser");

        notice->title = arena_printf(arena, "%s : contrat terminé, %s",
                                     referral(arena, ended->beneficiary_id, ended->territory), outcome->name);
        notice->text =
                arena_printf(arena, "%s a terminé son contrat le %s.\n\nIssue : %s.\n\nCe que vous pouvez faire : %s",
                             person(arena, ended->beneficiary_id, ended->territory), day, outcome->name, outcome->next);
        return notice;
}

/* --- who --------------------------------------------------------------------------------------------------------- */

size_t notice_chunk(Notifications__Recipient *const *recipients, size_t count)
{
        size_t bytes = 0, taken = 0;
        while (taken < count && taken < NOTICE_RECIPIENTS_MAX) {
                bytes += notifications__recipient__get_packed_size(recipients[taken]);
                if (taken > 0 && bytes > NOTICE_RECIPIENTS_BYTES_MAX)
                        break;
                taken++;
        }
        return taken;
}
