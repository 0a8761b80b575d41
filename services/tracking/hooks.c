#include "services/tracking/hooks.h"

#include <errno.h>
#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/config.h"
#include "common/service/engine.h"
#include "common/service/service.h"
#include "services/tracking/controls/control.h"
#include "services/tracking/hours/checks.h"
#include "services/tracking/parts/coming.h"
#include "services/tracking/parts/mover.h"
#include "services/tracking/persons/keying.h"
#include "services/tracking/persons/known.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/proposals/proposal.h"
#include "services/tracking/reactions/reactions.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/publics.h"
#include "contracts/record.pb-c.h"
#include "tracking/state.pb-c.h"

const struct config_row tracking_config_rows[TRACKING_CONFIG_COUNT] = {
        {.key = "territories",
         .type = CONFIG_TEXT,
         .offset = offsetof(struct tracking_config, territories),
         .default_text = "",
         .doc = "departments of this partition, separated by commas; empty: any (filled in from the topology)"},
        {.key = "rules",
         .type = CONFIG_TEXT,
         .offset = offsetof(struct tracking_config, rules),
         .default_text = "",
         .doc = "directory of the dated rules; empty: $GUICHET_RULES, else deploy/rules"},
        {.key = "documents_mib_max",
         .type = CONFIG_NUMBER,
         .offset = offsetof(struct tracking_config, documents_mib_max),
         .default_number = 65536,
         .min = 0,
         .max = 1 << 30,
         .doc = "how much all documents of this store may take, in MiB; 0: none is taken"},
};

void tracking_stop(void *context)
{
        struct tracking *tracking = context;
        parts_coming_free(tracking->parts_coming);
        dated_fini(&tracking->readings);
        dated_fini(&tracking->privacy);
        dated_fini(&tracking->eligibility);
        dated_fini(&tracking->rome);
        dated_fini(&tracking->proposals);
        codes_free(&tracking->codes);
        dated_fini(&tracking->hours);
        dated_fini(&tracking->hours_words);
        dated_fini(&tracking->persons_words);
        dated_fini(&tracking->outcomes);
        dated_fini(&tracking->followup);
        dated_fini(&tracking->controls);
        dated_fini(&tracking->amounts);
        arena_fini(&tracking->arena);
        free(tracking);
}

/* What `guichetctl restore` has put beside the store: a line for each person who was erased after that backup. */
static int read_erasures(struct engine *engine, struct tracking *tracking, struct err_info *info)
{
        char *path = arena_printf(&tracking->arena, "%s/erasures", engine_directory(engine));
        char line[ID_TEXT_SIZE + 2];
        FILE *file = fopen(path, "re");
        if (file == NULL)
                return errno == ENOENT ? 0 : err_set(info, ERR_STORE, "%s: %s", path, strerror(errno));
        bool is_sound = true;
        while (is_sound && fgets(line, sizeof(line), file) != NULL) {
                struct id id;
                line[strcspn(line, "\n")] = '\0';
                is_sound = id_parse(line, &id) == 0;
                tracking->erase_again =
                        pb_append(tracking->erase_again, &tracking->erase_again_count, sizeof(id), &tracking->arena);
                tracking->erase_again[tracking->erase_again_count - 1] = id;
        }
        (void)fclose(file);
        tracking->erase_again_path = path;
        return is_sound ? 0 : err_set(info, ERR_STORE, "%s: not a list of ids; restore the backup again", path);
}

static void make_digests(struct engine *engine, struct tracking *tracking)
{
        uint8_t key[SHARED_KEY_SIZE];
        tracking->digests = arena_alloc(&tracking->arena, sizeof(*tracking->digests));
        tracking->knows_alone = !engine_shared_key(engine, key);
        digest_maker_make(key, tracking->digests);
        sodium_memzero(key, sizeof(key));
}

static int load_dated(const char *directory, struct tracking *tracking, struct err_info *info)
{
        const struct {
                const char *subject;
                const ProtobufCMessageDescriptor *type;
                struct dated *to;
        } rules[] = {
                {"reading_reasons", &tracking__reading_rules__descriptor, &tracking->readings},
                {"privacy", &tracking__privacy_rules__descriptor, &tracking->privacy},
                {"hours", &tracking__hours_rules__descriptor, &tracking->hours},
                {"hours_words", &types__list_words__descriptor, &tracking->hours_words},
                {"persons_words", &types__list_words__descriptor, &tracking->persons_words},
                {"outcomes", &tracking__outcomes_rules__descriptor, &tracking->outcomes},
                {"followup", &tracking__follow_up_rules__descriptor, &tracking->followup},
                {"controls", &tracking__control_rules__descriptor, &tracking->controls},
                {"amounts", &contracts__amount_rules__descriptor, &tracking->amounts},
                {"eligibility", &tracking__eligibility_rules__descriptor, &tracking->eligibility},
                {"rome", &tracking__rome_rules__descriptor, &tracking->rome},
                {"proposals", &tracking__proposal_rules__descriptor, &tracking->proposals},
        };
        int err = 0;
        for (size_t i = 0; i < ARRAY_SIZE(rules) && err == 0; i++)
                err = dated_load(directory, rules[i].subject, rules[i].type, rules[i].to, info);
        return err;
}

int tracking_start(struct engine *engine, const void *settings, void **ret_context, struct err_info *info)
{
        const struct tracking_config *wanted = settings;
        struct tracking *tracking = calloc(1, sizeof(*tracking));
        require(tracking != NULL);
        tracking->territories = arena_text(&tracking->arena, wanted->territories);
        tracking->documents_bytes_max = (uint64_t)wanted->documents_mib_max << 20;
        const char *path = arena_printf(&tracking->arena, "%s/publics.json", config_rules_directory(wanted->rules));
        int err = publics_load(path, &tracking->arena, &tracking->rules, info);
        if (err == 0)
                err = codes_load(config_rules_directory(wanted->rules), "tracking", &tracking->codes, info);
        if (err == 0)
                err = load_dated(config_rules_directory(wanted->rules), tracking, info);
        if (err == 0)
                err = hours_rules_hold((const Tracking__HoursRules *)tracking->hours.root, info);
        if (err == 0)
                err = proposal_rules_check(&tracking->proposals, info);
        if (err == 0)
                err = sampling_rules_check(&tracking->controls, info);
        if (err == 0)
                err = read_erasures(engine, tracking, info);
        if (err != 0) {
                tracking_stop(tracking);
                return err;
        }
        make_digests(engine, tracking);
        tracking->parts_coming = parts_coming_new();
        *ret_context = tracking;
        return 0;
}

const struct code_lists *tracking_codes(const void *context)
{
        return &((const struct tracking *)context)->codes;
}

static void reclassify(struct work *work, void *argument)
{
        (void)argument;
        reclassify_private(work);
}

static void reclassify_done(void *argument, int err)
{
        struct tracking *tracking = argument;
        tracking->reclassified = err == 0; /* else at the next commit */
}

void tracking_committed(struct service *service, void *context)
{
        struct tracking *tracking = context;
        if (tracking->movers != NULL)
                movers_look(tracking->movers);
        if (tracking->reclassified || engine_is_filling(service_engine(service)))
                return;
        tracking->reclassified = true;
        service_write(service, reclassify, reclassify_done, tracking);
}

static void erase_again(struct work *work, void *argument)
{
        const struct tracking *tracking = argument;
        erasures_again(work, tracking->erase_again, tracking->erase_again_count);
}

static void erased_again(void *argument, int err)
{
        struct tracking *tracking = argument;
        if (err == 0)
                (void)unlink(tracking->erase_again_path); /* else at the next start */
}

/* ---- digests of before, some persons a batch: what is committed is not done again */

static void key_some(struct work *work, void *argument)
{
        struct tracking *tracking = argument;
        tracking->all_keyed =
                identities_are_keyed(work) || identities_key_some(work, tracking->keyed, &tracking->keyed_to);
}

static void keyed_some(void *argument, int err)
{
        struct tracking *tracking = argument;
        if (err != 0 || tracking->all_keyed)
                return; /* a full disk: at the next start */
        tracking->keyed = tracking->keyed_to;
        service_write(tracking->service, key_some, keyed_some, tracking);
}

int tracking_serve(struct service *service, void *context, struct err_info *info)
{
        struct tracking *tracking = context;
        (void)info;
        if (tracking->erase_again_path != NULL)
                service_write(service, erase_again, erased_again, tracking);
        if (tracking->knows_alone)
                log_line(LOG_WARN, "identities.alone",
                         "keys/persons.key is missing: persons are known within this partition alone; "
                         "`guichetctl init` makes it");
        tracking->service = service;
        tracking->topology = service_topology(service);
        tracking->movers = movers_new(service, tracking);
        service_write(service, key_some, keyed_some, tracking);
        tracking_committed(service, context);
        return 0;
}

void tracking_quit(struct service *service, void *context)
{
        struct tracking *tracking = context;
        (void)service;
        if (tracking->movers != NULL)
                movers_close(tracking->movers);
        tracking->movers = NULL;
}
