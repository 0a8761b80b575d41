#include "tests/unit/services/ctl/backup/toy_network.h"

#include "services/ctl/backup/repository.h"

static struct repository *open_place(struct toy *toy, const char *network)
{
        struct repository *repository = NULL;
        if (repository_open(toy->place, &toy->recovery, network, &repository, &toy->info) != 0)
                fail_msg("%s", toy->info.text);
        return repository;
}

static char *chunk_file(struct toy *toy, struct chunk_name name)
{
        char text[CHUNK_NAME_TEXT_SIZE];
        chunk_name_format(name, text);
        return arena_printf(&toy->arena, "%s/chunks/%.2s/%s", toy->place, text, text);
}

static struct chunk_name put(struct toy *toy, struct repository *repository, const char *text)
{
        struct chunk_name name;
        assert_int_equal(repository_put(repository, slice_of_text(text), &name, &toy->info), 0);
        return name;
}

static void what_is_put_is_there_once_and_comes_back(void **state)
{
        struct toy *toy = *state;
        struct repository *repository = open_place(toy, "essai");
        struct slice plain;
        struct chunk_name name = put(toy, repository, "un"), again = put(toy, repository, "un");
        assert_memory_equal(&name, &again, sizeof(name));
        assert_int_equal(repository_figures(repository).chunks_new, 1);
        assert_int_equal(repository_figures(repository).chunks_kept, 1);
        assert_int_equal(repository_settle(repository, NULL, &toy->info), 0);
        assert_int_equal(repository_get(repository, name, &toy->arena, &plain, &toy->info), 0);
        assert_true(slice_equal(plain, slice_of_text("un")));
        repository_close(repository);
}

static void a_damaged_chunk_is_told_and_written_anew(void **state)
{
        struct toy *toy = *state;
        struct repository *repository = open_place(toy, "essai");
        struct slice plain;
        struct chunk_name name = put(toy, repository, "un");
        assert_int_equal(truncate(chunk_file(toy, name), 50), 0);
        assert_int_equal(repository_check(repository, name, &toy->info), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "abîmé"));
        assert_int_equal(repository_settle(repository, NULL, &toy->info), ERR_FORGED); /* read back: it does not hold */
        assert_int_equal(repository_get(repository, name, &toy->arena, &plain, &toy->info), ERR_FORGED);
        (void)put(toy, repository, "un");
        assert_int_equal(repository_figures(repository).chunks_mended, 1);
        assert_int_equal(repository_check(repository, name, &toy->info), 0);
        assert_int_equal(remove(chunk_file(toy, name)), 0);
        assert_int_equal(repository_check(repository, name, &toy->info), ERR_FORGED);
        assert_non_null(strstr(toy->info.text, "manque"));
        repository_close(repository);
}

static void it_is_one_network_s_under_one_key(void **state)
{
        struct toy *toy = *state;
        struct repository *repository = open_place(toy, "essai");
        struct recovery another;
        repository_close(repository);
        assert_int_equal(repository_open(toy->place, &toy->recovery, "autre", &repository, &toy->info), ERR_CONFIG);
        assert_non_null(strstr(toy->info.text, "du réseau « essai »"));
        recovery_new(&another);
        assert_int_equal(repository_open(toy->place, &another, "essai", &repository, &toy->info), ERR_CONFIG);
        assert_non_null(strstr(toy->info.text, "autre clé"));
        assert_int_equal(repository_open(toy->run, &toy->recovery, NULL, &repository, &toy->info), ERR_NOT_FOUND);
        assert_non_null(strstr(toy->info.text, "pas un répertoire de sauvegardes"));
}

static void one_writes_at_a_time(void **state)
{
        struct toy *toy = *state;
        struct repository *writes = open_place(toy, "essai"), *repository = NULL;
        assert_int_equal(repository_open(toy->place, &toy->recovery, "essai", &repository, &toy->info), ERR_CONFIG);
        assert_non_null(strstr(toy->info.text, "attendez"));
        assert_int_equal(repository_open(toy->place, &toy->recovery, NULL, &repository, &toy->info), ERR_CONFIG);
        repository_close(writes);
        repository_close(open_place(toy, NULL));
}

static void publish(struct toy *toy, struct repository *repository, const char *name, struct chunk_name chunk)
{
        struct kept_file file = {.path = "f", .chunks = {&chunk, 1}};
        struct manifest manifest = {.name = name,
                                    .previous = "",
                                    .network = "essai",
                                    .directory = "/d",
                                    .program = "0",
                                    .files = &file,
                                    .file_count = 1};
        assert_int_equal(repository_publish(repository, &manifest, &toy->info), 0);
}

static void a_sweep_leaves_what_a_kept_backup_needs(void **state)
{
        struct toy *toy = *state;
        struct repository *repository = open_place(toy, "essai");
        struct chunk_name one = put(toy, repository, "un"), two = put(toy, repository, "deux");
        struct chunk_name orphan = put(toy, repository, "à personne");
        const char **names;
        size_t count, removed;
        publish(toy, repository, "a", one);
        publish(toy, repository, "b", two);
        assert_int_equal(repository_forget(repository, "a", &toy->info), 0);
        assert_int_equal(repository_sweep(repository, &removed, &toy->info), 0);
        assert_int_equal(removed, 2);
        assert_int_equal(repository_check(repository, two, &toy->info), 0);
        assert_int_equal(repository_check(repository, one, &toy->info), ERR_FORGED);
        assert_int_equal(repository_check(repository, orphan, &toy->info), ERR_FORGED);
        assert_int_equal(repository_list(repository, &toy->arena, &names, &count, &toy->info), 0);
        assert_int_equal(count, 1);
        assert_string_equal(names[0], "b");
        repository_close(repository);
}

/* What cannot be read may need any chunk. */
static void a_sweep_removes_nothing_where_a_backup_cannot_be_read(void **state)
{
        struct toy *toy = *state;
        struct repository *repository = open_place(toy, "essai");
        struct chunk_name one = put(toy, repository, "un");
        struct manifest manifest;
        size_t removed;
        publish(toy, repository, "a", one);
        assert_int_equal(truncate(arena_printf(&toy->arena, "%s/a.sauvegarde", toy->place), 100), 0);
        assert_int_equal(repository_read(repository, "a", &toy->arena, &manifest, &toy->info), ERR_FORGED);
        assert_int_equal(repository_sweep(repository, &removed, &toy->info), ERR_FORGED);
        assert_int_equal(repository_check(repository, one, &toy->info), 0);
        repository_close(repository);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(what_is_put_is_there_once_and_comes_back),
                TEST(a_damaged_chunk_is_told_and_written_anew),
                TEST(it_is_one_network_s_under_one_key),
                TEST(one_writes_at_a_time),
                TEST(a_sweep_leaves_what_a_kept_backup_needs),
                TEST(a_sweep_removes_nothing_where_a_backup_cannot_be_read),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
