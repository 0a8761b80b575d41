#include "services/notifications/address.h"

#include <inttypes.h>

#include "common/service/engine.h"
#include "services/notifications/store.h"
#include "services/notifications/subscription.h"

const Notifications__SealedAddress *address_open(struct engine *engine, struct txn *txn, const Types__Id *id,
                                                 struct arena *arena)
{
        struct slice plain;
        const Notifications__AddressRow *row = id == NULL ? NULL : store_find_address(txn, id_of(id), arena);
        if (row == NULL || vault_unseal(engine_vault(engine), id_of(id), pb_slice(row->sealed), arena, &plain) != 0)
                return NULL;
        return pb_decode(&notifications__sealed_address__descriptor, plain, arena);
}

/* Eight digits; of 2^64 drawn numbers, none is likelier than another by more than one in 10^11. */
static char *draw_code(struct work *work)
{
        uint64_t number;
        struct world *world = work_world(work);
        world->random(world, (uint8_t *)&number, sizeof(number));
        return arena_printf(work->arena, "%0*" PRIu64, CODE_DIGITS, number % UINT64_C(100000000));
}

int address_make(struct work *work, const char *email, struct new_address *ret)
{
        Notifications__SealedAddress content = NOTIFICATIONS__SEALED_ADDRESS__INIT;
        content.email = arena_text(work->arena, email);
        content.code = draw_code(work);
        ret->id = work_new_id(work);
        work_make_key(work, ret->id);
        return work_seal(work, ret->id, &content, &ret->sealed);
}

void address_destroy(struct work *work, const Types__Id *id)
{
        if (id != NULL)
                work_destroy_key(work, id_of(id));
}

struct words address_mail(const Texts__TextVersion *texts, const char *code, struct arena *arena)
{
        const struct text_field fields[] = {{"code", arena_printf(arena, "%.4s %s", code, code + 4)}};
        return words_merge(texts, "address_code", fields, ARRAY_SIZE(fields), arena);
}

struct words link_mail(const Texts__TextVersion *texts, const char *address, const char *until, struct arena *arena)
{
        const struct text_field fields[] = {{"address", address}, {"until", until}};
        return words_merge(texts, "mail_link", fields, ARRAY_SIZE(fields), arena);
}
