#include "services/ctl/backup/recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/require.h"

enum { FILE_BYTES_MAX = 1024, HEX_SIZE = 2 * RECOVERY_KEY_SIZE + 1 };

_Static_assert(RECOVERY_KEY_SIZE == crypto_box_PUBLICKEYBYTES && RECOVERY_KEY_SIZE == crypto_box_SECRETKEYBYTES,
               "keys are of the box's size");

static void close_file(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

static void drop_json(json_t **json)
{
        json_decref(*json);
}

static void wipe_text(char (*text)[FILE_BYTES_MAX])
{
        sodium_memzero(*text, sizeof(*text));
}

void recovery_new(struct recovery *ret)
{
        require(sodium_init() >= 0);
        require(crypto_box_keypair(ret->seal_public, ret->seal_secret) == 0);
        randombytes_buf(ret->recognition, sizeof(ret->recognition));
        ret->opens = true;
}

void recovery_wipe(struct recovery *recovery)
{
        sodium_memzero(recovery, sizeof(*recovery));
}

int recovery_write(const struct recovery *recovery, const char *path, bool whole, struct err_info *info)
{
        require(!whole || recovery->opens);
        char public_hex[HEX_SIZE], recognition_hex[HEX_SIZE];
        scoped(wipe_text) char text[FILE_BYTES_MAX];
        (void)sodium_bin2hex(public_hex, sizeof(public_hex), recovery->seal_public, RECOVERY_KEY_SIZE);
        (void)sodium_bin2hex(recognition_hex, sizeof(recognition_hex), recovery->recognition, RECOVERY_KEY_SIZE);
        int used = snprintf(text, sizeof(text), "{\n  \"seal_public\": \"%s\",\n  \"recognition\": \"%s\"", public_hex,
                            recognition_hex);
        if (whole) {
                char secret_hex[HEX_SIZE];
                (void)sodium_bin2hex(secret_hex, sizeof(secret_hex), recovery->seal_secret, RECOVERY_KEY_SIZE);
                used += snprintf(text + used, sizeof(text) - (size_t)used, ",\n  \"seal_secret\": \"%s\"", secret_hex);
                sodium_memzero(secret_hex, sizeof(secret_hex));
        }
        used += snprintf(text + used, sizeof(text) - (size_t)used, "\n}\n");

        scoped(close_file) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (fd < 0)
                return err_set(info, ERR_CONFIG, "%s : ne peut être créé (%s).", path, strerror(errno));
        if (write(fd, text, (size_t)used) != used || fsync(fd) != 0) {
                int why = errno;
                (void)unlink(path);
                return err_set(info, why == ENOSPC ? ERR_DISK_FULL : ERR_CONFIG, "%s : ne peut être écrit (%s).", path,
                               strerror(why));
        }
        return 0;
}

static bool take_hex(const json_t *json, const char *member, uint8_t ret_key[RECOVERY_KEY_SIZE])
{
        const char *text = json_string_value(json_object_get(json, member));
        size_t got = 0;
        return text != NULL && strlen(text) == HEX_SIZE - 1 &&
               sodium_hex2bin(ret_key, RECOVERY_KEY_SIZE, text, strlen(text), NULL, &got, NULL) == 0 &&
               got == RECOVERY_KEY_SIZE;
}

/* The public half must be the secret one's: a file put together from two would seal what it cannot open. */
static bool halves_match(const struct recovery *recovery)
{
        uint8_t public_key[RECOVERY_KEY_SIZE];
        return !recovery->opens || (crypto_scalarmult_base(public_key, recovery->seal_secret) == 0 &&
                                    memcmp(public_key, recovery->seal_public, sizeof(public_key)) == 0);
}

int recovery_read(const char *path, struct recovery *ret, struct err_info *info)
{
        require(sodium_init() >= 0);
        scoped(wipe_text) char text[FILE_BYTES_MAX];
        scoped(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        struct stat facts;
        if (fd < 0 || fstat(fd, &facts) != 0)
                return err_set(info, ERR_CONFIG,
                               "%s : illisible (%s) ; « guichetctl backup --new-key FICHIER » crée les deux moitiés de "
                               "la clé.",
                               path, strerror(errno));
        if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
                return err_set(info, ERR_CONFIG, "%s : d'autres que vous peuvent le lire ; faites « chmod 600 %s ».",
                               path, path);
        ssize_t size = read(fd, text, sizeof(text) - 1);
        text[size > 0 ? size : 0] = '\0';

        scoped(drop_json) json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
        scoped(recovery_wipe) struct recovery recovery = {0};
        recovery.opens = json_object_get(json, "seal_secret") != NULL;
        if (!take_hex(json, "seal_public", recovery.seal_public) ||
            !take_hex(json, "recognition", recovery.recognition) ||
            (recovery.opens && !take_hex(json, "seal_secret", recovery.seal_secret)) || !halves_match(&recovery))
                return err_set(info, ERR_CONFIG,
                               "%s : n'est pas une clé de sauvegarde, ou est abîmé ; prenez votre "
                               "autre exemplaire.",
                               path);
        *ret = recovery;
        return 0;
}
