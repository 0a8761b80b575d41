/* journey: the main job of the network, end to end, with its proof. */
#include "services/ctl/journey_steps.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "services/ctl/health.h"
#include "services/ctl/options.h"
#include "services/ctl/role_users.h"
#include "services/ctl/terminal.h"
#include "common/base/local_time.h"

static void plan_legs(struct journey *journey)
{
        const struct topology *topology = journey->session.topology;
        const struct instance *instance;
        for (size_t n = 0;
             (instance = topology_of_service(topology, "tracking", n)) != NULL && journey->leg_count < JOURNEY_LEGS_MAX;
             n++) {
                struct journey_leg *leg = &journey->legs[journey->leg_count++];
                leg->instance = instance;
                (void)snprintf(leg->territory, sizeof(leg->territory), "%s",
                               instance->territories[0] != NULL ? instance->territories[0] : "31");
        }
}

/* Mails are followed where they can be read: in the folder that was named, or where scripts/run has them arrive. */
static void find_mailbox(struct journey *journey)
{
        const struct instance *notifications = topology_of_service(journey->session.topology, "notifications", 0);
        const char *smtp =
                notifications == NULL ? NULL : json_string_value(json_object_get(notifications->settings, "smtp_url"));
        if (journey->mailbox == NULL)
                journey->mailbox = arena_printf(&journey->arena, "%s/mail", journey->directory);
        bool sends = smtp != NULL && smtp[0] != '\0';
        journey->mails = sends && access(journey->mailbox, R_OK | X_OK) == 0;
        if (sends && !journey->mails)
                (void)printf("Les courriels ne sont pas suivis : « %s » ne se lit pas (voir --mails).\n",
                             journey->mailbox);
}

static bool each_leg(struct journey *journey, bool (*step)(struct journey *journey, struct journey_leg *leg))
{
        for (size_t i = 0; i < journey->leg_count; i++)
                if (!step(journey, &journey->legs[i]))
                        return false;
        return true;
}

static bool walk(struct journey *journey)
{
        if (!journey_import_contracts(journey) || !journey_import_partners(journey) || !journey_settle(journey))
                return false;
        journey->before = journey_consolidation(journey, &journey->arena);
        if (journey->before == NULL)
                return false;

        journey_title("\nÉtape 3. Une clause sur un lot, l'entreprise et ce qu'elle doit");
        if (!journey_check_calibration(journey) || !each_leg(journey, journey_choose) ||
            !each_leg(journey, journey_put_clause))
                return false;
        journey_title("\nÉtape 4. L'entreprise déclare un besoin, les prescripteurs abonnés sont prévenus");
        if (!journey_settle(journey) || !each_leg(journey, journey_declare_need))
                return false;
        journey_title("\nÉtape 5. Orientation, éligibilité, parcours");
        if (!each_leg(journey, journey_place_persons))
                return false;
        journey_title("\nÉtape 6. Les heures du mois, une facture de sous-traitance, le compte des heures");
        if (!each_leg(journey, journey_state_hours) || !journey_settle(journey) ||
            !each_leg(journey, journey_check_ledger))
                return false;
        journey_title("\nÉtape 7. Le parcours finit, le prescripteur l'apprend");
        if (!each_leg(journey, journey_end_placements) || !journey_settle(journey))
                return false;
        journey_title("\nÉtape 8. Le bilan de chaque marché, la consolidation");
        return journey_check_reports(journey);
}

/* The parties of the first leg get accounts, unless the demo region's are there. */
static bool make_accounts(struct journey *journey)
{
        const struct journey_leg *leg = &journey->legs[0];
        const struct role_organisations organisations = {
                .buyer = leg->buyer,
                .company = leg->company,
                .structure = leg->persons[1].employer,
                .prescriber = leg->prescriber,
                .prescriber_territory = leg->territory,
        };
        return role_users_exist(journey->directory) ||
               role_users_create(&journey->session, journey->directory, &organisations);
}

static int run_journey(const struct verb *verb, int argc, char **argv)
{
        static struct journey journey = {.directory = "run"};
        const struct option_row rows[] = {{.name = "--dir", .text = &journey.directory},
                                          {.name = "--data", .text = &journey.data},
                                          {.name = "--mails", .text = &journey.mailbox}};
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows)};
        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        if (!session_open(journey.directory, 0, &journey.session))
                return CTL_FAILED;

        struct world world = world_real();
        uint64_t started_us = world.monotonic_us(&world);
        journey.today = local_day("", world.now_ms(&world));
        journey.month = month_of_number(month_number(month_of_day(journey.today)) - 1);
        plan_legs(&journey);
        find_mailbox(&journey);
        bool done = walk(&journey) && make_accounts(&journey);
        if (done)
                (void)printf("\n%u vérifications, %u en défaut, %.1f s.\n", journey.checked, journey.failed,
                             (double)(world.monotonic_us(&world) - started_us) / 1e6);
        arena_fini(&journey.arena);
        session_close(&journey.session);
        return done && journey.failed == 0 ? CTL_DONE : CTL_FAILED;
}

const struct verb verb_journey = {
        .name = "journey",
        .summary = "fait tout le parcours d'une clause et le vérifie",
        .usage = "guichetctl journey [--data RÉPERTOIRE] [--mails RÉPERTOIRE] [--dir run]\n\n"
                 "Les huit étapes, de l'import des marchés à la consolidation, sur un marché de chaque partition ; "
                 "chaque\n"
                 "étape dit ses chiffres et ce qu'elle vérifie. Sans --data, sur la région de démonstration.\n\n"
                 "  --data RÉPERTOIRE   fichiers réels : decp/real_2022, decp/real_2019, structures, data-inclusion\n"
                 "  --mails RÉPERTOIRE  où arrivent les courriels du réseau (maildir ; à défaut DIR/mail) : le "
                 "parcours\n"
                 "                      y lit le code qui confirme une adresse, comme le ferait le prescripteur\n\n"
                 "Code 1 si une seule vérification est en défaut.\n\n"
                 "Exemple :\n"
                 "  guichetctl journey --data data --dir run",
        .run = run_journey,
};
