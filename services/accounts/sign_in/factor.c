#include "services/accounts/sign_in/factor.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/secret_box.h"
#include "services/accounts/settings.h"

enum { SECRET_SIZE = 20, CODE_FIGURES = 6, WINDOW = 1, RECOVERY_BYTES = 10, RECOVERY_TEXT = 16, HASH_SIZE = 32 };

/* ---- a telephone's */

static char *base32_of(struct work *work, const uint8_t *bytes, size_t size)
{
        char *text = NULL;
        size_t length = 0;
        require(oath_base32_encode((const char *)bytes, size, &text, &length) == OATH_OK);
        char *kept = arena_printf(work->arena, "%.*s", (int)length, text);
        sodium_memzero(text, length);
        free(text);
        return kept;
}

struct factor_drawn factor_draw(struct work *work, struct id account, const char *name)
{
        const struct accounts *accounts = accounts_of(work->context);
        struct world *world = work_world(work);
        uint8_t secret[SECRET_SIZE];
        world->random(world, secret, sizeof(secret));
        struct factor_drawn drawn = {
                .sealed = secret_box_seal(world, accounts->key, id_slice(&account), slice_of(secret, sizeof(secret)),
                                          work->arena),
                .base32 = base32_of(work, secret, sizeof(secret)),
        };
        drawn.address =
                arena_printf(work->arena, "otpauth://totp/Guichet:%s?secret=%s&issuer=Guichet", name, drawn.base32);
        sodium_memzero(secret, sizeof(secret));
        return drawn;
}

static bool is_of_telephone(const struct work *work, const struct factor_of *of, const char *code, uint64_t *ret_step)
{
        const struct accounts *accounts = accounts_of(work->context);
        struct slice secret;
        int shift;
        if (strlen(code) != CODE_FIGURES ||
            !secret_box_open(accounts->key, id_slice(&of->account), of->factor, work->arena, &secret))
                return false;
        int result = oath_totp_validate3((const char *)secret.data, secret.size, work->now_ms / 1000, FACTOR_STEP_S, 0,
                                         WINDOW, &shift, ret_step, code);
        sodium_memzero((void *)(uintptr_t)secret.data, secret.size);
        return result >= 0 && *ret_step > of->row->step;
}

/* ---- recovery codes */

static void hash_of(const char *code, uint8_t ret[HASH_SIZE])
{
        require(crypto_generichash(ret, HASH_SIZE, (const uint8_t *)code, strlen(code), NULL, 0) == 0);
}

void factor_draw_recovery(struct work *work, char ***ret_codes, ProtobufCBinaryData **ret_hashes)
{
        struct world *world = work_world(work);
        *ret_codes = arena_alloc(work->arena, RECOVERY_CODES * sizeof(**ret_codes));
        *ret_hashes = arena_alloc(work->arena, RECOVERY_CODES * sizeof(**ret_hashes));
        for (size_t i = 0; i < RECOVERY_CODES; i++) {
                uint8_t bytes[RECOVERY_BYTES], *hash = arena_alloc(work->arena, HASH_SIZE);
                world->random(world, bytes, sizeof(bytes));
                (*ret_codes)[i] = base32_of(work, bytes, sizeof(bytes));
                hash_of((*ret_codes)[i], hash);
                (*ret_hashes)[i] = pb_bytes(slice_of(hash, HASH_SIZE));
        }
}

static bool is_recovery(struct work *work, const Accounts__SignInRow *row, const char *code, struct slice *ret_spent)
{
        uint8_t *hash = arena_alloc(work->arena, HASH_SIZE);
        if (strlen(code) != RECOVERY_TEXT)
                return false;
        hash_of(code, hash);
        for (size_t i = 0; i < row->n_recovery_hashes; i++) {
                struct slice known = pb_slice(row->recovery_hashes[i]);
                if (known.size == HASH_SIZE && sodium_memcmp(known.data, hash, HASH_SIZE) == 0) {
                        *ret_spent = slice_of(hash, HASH_SIZE);
                        return true;
                }
        }
        return false;
}

/* ---- both */

/* As it is compared: people put blanks and hyphens between groups, and write small letters. */
static char *plain(struct work *work, const char *code)
{
        char *text = arena_text(work->arena, code), *to = text;
        for (const char *at = code; *at != '\0'; at++)
                if (*at != ' ' && *at != '-')
                        *to++ = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
        *to = '\0';
        return text;
}

bool factor_accepts(struct work *work, const struct factor_of *of, const char *code, struct factor_shown *ret)
{
        const char *text = plain(work, code);
        *ret = (struct factor_shown){0};
        return is_of_telephone(work, of, text, &ret->step) || is_recovery(work, of->row, text, &ret->spent);
}
