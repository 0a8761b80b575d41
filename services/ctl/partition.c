/* partition: parts of tracking's data move from one process to another while all others work. The processes do it; this
 * verb begins it, shows it, stops it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { LOOK_AGAIN_MS = 500 };

struct partition {
        const struct verb *verb;
        const char *directory, *territory, *bucket, *from, *to;
        bool no_wait;
        uint64_t seconds;
        struct id id;
        struct session session;
        struct arena arena;
};

static void end_partition(struct partition *partition)
{
        session_close(&partition->session);
        arena_fini(&partition->arena);
}

/* ---- texts */

static const char *state_text(const Tracking__PartView *view)
{
        if (view->is_cancelling)
                return "s'arrête";
        switch (view->state) {
        case TRACKING__PART_STATE__PART_BEGUN: return "demandé";
        case TRACKING__PART_STATE__PART_MOVING: return "part";
        case TRACKING__PART_STATE__PART_COMING: return "arrive";
        case TRACKING__PART_STATE__PART_DONE: return "fini";
        case TRACKING__PART_STATE__PART_CANCELLED: return "arrêté";
        default: return "?";
        }
}

static const char *name_of(const struct partition *partition, uint32_t number)
{
        const struct instance *instance = topology_of_partition(partition->session.topology, "tracking", number);
        return instance == NULL ? "?" : instance->name;
}

static char *choice_text(struct partition *partition, const Tracking__PartChoice *choice)
{
        char id[ID_TEXT_SIZE];
        if (choice->of_person != NULL) {
                id_format(id_of(choice->of_person), id);
                return arena_printf(&partition->arena, "personne %s", id);
        }
        if (choice->buckets == 0)
                return arena_printf(&partition->arena, "département %s", choice->of_territory);
        return arena_printf(&partition->arena, "département %s, part %u/%u", choice->of_territory, choice->bucket,
                            choice->buckets);
}

static void print_line(struct partition *partition, const Tracking__PartView *view)
{
        char id[ID_TEXT_SIZE];
        id_format(id_of(view->part_id), id);
        print_cell(id, 36);
        (void)printf("  ");
        print_cell(state_text(view), 9);
        print_cell(choice_text(partition, view->choice), 28);
        (void)printf("  %s -> %s  %llu personnes, %llu factures, %llu faits", name_of(partition, view->from_partition),
                     name_of(partition, view->to_partition), (unsigned long long)view->persons,
                     (unsigned long long)view->invoices, (unsigned long long)view->records);
        if (view->left > 0)
                (void)printf(" ; il en reste %s%llu", view->left >= 1000 ? "plus de " : "",
                             (unsigned long long)view->left);
        (void)puts("");
}

/* ---- looking */

/* Of one part, as the process that sends it tells it; all of them where `wanted` is NULL, printed. */
static bool look(struct partition *partition, const struct id *wanted, const Tracking__PartView **ret)
{
        Tracking__Parts query = TRACKING__PARTS__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.page = &page;
        *ret = NULL;
        do {
                const Tracking__PartsReply *reply =
                        session_call(&partition->session, "tracking.Parts", &query, NULL, &partition->arena);
                if (reply == NULL)
                        return false;
                for (size_t i = 0; i < reply->n_parts; i++) {
                        const Tracking__PartView *view = reply->parts[i];
                        bool is_sent = id_partition(id_of(view->part_id)) == view->from_partition &&
                                       view->state != TRACKING__PART_STATE__PART_COMING;
                        if (wanted == NULL)
                                print_line(partition, view);
                        else if (id_equal(id_of(view->part_id), *wanted) && (*ret == NULL || is_sent))
                                *ret = view;
                }
                page.after = reply->next;
        } while (page.after.len > 0);
        return true;
}

static int list(struct partition *partition)
{
        const Tracking__PartView *none;
        for (size_t n = 0;; n++) {
                const struct instance *instance = topology_of_service(partition->session.topology, "tracking", n);
                if (instance == NULL)
                        break;
                (void)printf("%s (partition %u) :", instance->name, instance->partition);
                for (size_t i = 0; instance->territories[i] != NULL; i++)
                        (void)printf(" %s", instance->territories[i]);
                (void)puts(instance->territories[0] == NULL ? " tous les départements" : "");
        }
        return look(partition, NULL, &none) ? CTL_DONE : CTL_FAILED;
}

static int show(struct partition *partition)
{
        const Tracking__PartView *view;
        if (!look(partition, &partition->id, &view))
                return CTL_FAILED;
        if (view == NULL)
                return complain("aucun déplacement n'a cet identifiant ; « guichetctl partition list » les montre.");
        print_line(partition, view);
        return CTL_DONE;
}

/* Until it is done. Whoever stops this stops nothing else. */
static int follow(struct partition *partition)
{
        for (;;) {
                const Tracking__PartView *view;
                if (!look(partition, &partition->id, &view))
                        return complain("le déplacement continue ; « guichetctl partition list » dit où il en est.");
                if (view == NULL)
                        return complain("ce déplacement n'est plus connu.");
                print_line(partition, view);
                (void)fflush(stdout);
                if (view->ended_at != NULL)
                        return view->state == TRACKING__PART_STATE__PART_DONE ? CTL_DONE : CTL_FAILED;
                arena_reset(&partition->arena);
                (void)nanosleep(&(struct timespec){.tv_nsec = LOOK_AGAIN_MS * 1000000L}, NULL);
        }
}

/* ---- doing */

/* False after a complaint. */
static bool read_bucket(const struct partition *partition, Tracking__PartChoice *choice)
{
        char more;
        if (partition->bucket == NULL)
                return true;
        if (sscanf(partition->bucket, "%u/%u%c", &choice->bucket, &choice->buckets, &more) == 2)
                return true;
        (void)misused(partition->verb, "« --bucket %s » : dites laquelle de combien, comme 1/4.", partition->bucket);
        return false;
}

static const struct instance *instance_of(const struct partition *partition, const char *name)
{
        const struct instance *instance = topology_instance(partition->session.topology, name);
        if (instance != NULL && strcmp(instance->service, "tracking") == 0 && instance->partition != 0)
                return instance;
        (void)complain("« %s » n'est pas un service de suivi de ce réseau ; « guichetctl partition list » les montre.",
                       name);
        return NULL;
}

static int move(struct partition *partition)
{
        Tracking__MovePart request = TRACKING__MOVE_PART__INIT;
        Tracking__PartChoice choice = TRACKING__PART_CHOICE__INIT;
        struct answer answer = {0};
        struct err_info info = {0};
        if (partition->territory == NULL || partition->to == NULL)
                return misused(partition->verb, "il faut « --territory DÉPARTEMENT » et « --to SERVICE ».");
        if (!read_bucket(partition, &choice))
                return CTL_MISUSED;
        const struct instance *to = instance_of(partition, partition->to);
        const struct instance *from = partition->from != NULL ? instance_of(partition, partition->from)
                                                              : topology_of_territory(partition->session.topology,
                                                                                      "tracking", partition->territory);
        if (to == NULL || from == NULL)
                return CTL_FAILED;
        choice.of_territory = arena_text(&partition->arena, partition->territory);
        request.choice = &choice;
        request.to_partition = to->partition;
        if (link_call_instance(partition->session.link, from, "tracking.MovePart", &request.base, NULL,
                               &partition->arena, &answer, &info) != 0)
                return complain("%s : %s", from->name, info.text);
        if (answer.refusal != NULL)
                return complain("refusé : %s", answer.refusal->text);
        partition->id = id_of(((const Tracking__MovePartReply *)(const void *)answer.body)->part_id);
        if (!partition->no_wait)
                return follow(partition);
        return show(partition);
}

static int cancel(struct partition *partition)
{
        Tracking__CancelPart request = TRACKING__CANCEL_PART__INIT;
        request.part_id = id_to(&partition->arena, partition->id);
        if (session_call(&partition->session, "tracking.CancelPart", &request, NULL, &partition->arena) == NULL)
                return CTL_FAILED;
        (void)puts("Ce qui est parti reste où c'est ; le reste ne part plus.");
        return CTL_DONE;
}

/* ---- */

static const struct act {
        const char *name;
        int (*run)(struct partition *partition);
        int words; /* its own name too */
} acts[] = {{"list", list, 1}, {"move", move, 1}, {"show", show, 2}, {"cancel", cancel, 2}};

static int run_partition(const struct verb *verb, int argc, char **argv)
{
        scoped(end_partition) struct partition partition = {.verb = verb, .directory = "run", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &partition.directory},
                {.name = "--territory", .text = &partition.territory},
                {.name = "--bucket", .text = &partition.bucket},
                {.name = "--from", .text = &partition.from},
                {.name = "--to", .text = &partition.to},
                {.name = "--no-wait", .flag = &partition.no_wait},
                {.name = "--seconds", .number = &partition.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        for (size_t i = 0; i < ARRAY_SIZE(acts); i++) {
                if (strcmp(acts[i].name, argv[0]) != 0)
                        continue;
                if (words != acts[i].words || (words == 2 && id_parse(argv[1], &partition.id) != 0))
                        return misused(verb, "« %s » demande %s.", argv[0],
                                       acts[i].words == 2 ? "l'UUID d'un déplacement" : "des options seulement");
                if (!session_open(partition.directory, (uint32_t)partition.seconds * 1000, &partition.session))
                        return CTL_FAILED;
                session_act(&partition.session, TYPES__ROLE__OPERATOR, NULL, "*");
                return acts[i].run(&partition);
        }
        return misused(verb, "« %s » : list, move, show ou cancel.", argv[0]);
}

const struct verb verb_partition = {
        .name = "partition",
        .summary = "déplace un département, ou une part, vers un autre service de suivi, en marche",
        .usage = "guichetctl partition list\n"
                 "guichetctl partition move --territory DÉPARTEMENT --to SERVICE [--bucket 1/4] [--from SERVICE]\n"
                 "                 [--no-wait]\n"
                 "guichetctl partition show DÉPLACEMENT\n"
                 "guichetctl partition cancel DÉPLACEMENT\n"
                 "                 [--dir run] [--seconds 10]\n\n"
                 "Les dossiers partent par petits groupes ; tout le reste travaille. Un dossier qui part répond un\n"
                 "moment « renvoyez la même demande dans quelques instants » ; les identifiants restent bons. Les\n"
                 "services font le déplacement eux-mêmes : interrompre cette commande n'interrompt rien ; tués,\n"
                 "ils reprennent où ils en étaient.\n\n"
                 "  list     les services de suivi, et les déplacements, le dernier d'abord\n"
                 "  move     commence, et montre l'avancement jusqu'à la fin (--no-wait : sans attendre)\n"
                 "  show     où en est un déplacement\n"
                 "  cancel   ce qui n'est pas encore parti reste\n\n"
                 "  --bucket  une part du département : la première de quatre, 1/4 ; qui y est nouveau reste au\n"
                 "            service d'avant\n"
                 "  --from    le service d'où partent les dossiers ; sans elle, celui de la topologie\n\n"
                 "Exemples :\n"
                 "  guichetctl partition move --territory 09 --to tracking-2\n"
                 "  guichetctl partition move --territory 31 --bucket 1/2 --to tracking-3\n"
                 "  guichetctl partition move --territory 09 --from tracking-2 --to tracking-1     # le retour",
        .run = run_partition,
};
