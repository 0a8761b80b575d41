static const struct table_spec tables[] = {{"thing", TABLE_STATE}};
const struct service_spec spec = {
        .store_version = 3,
};
