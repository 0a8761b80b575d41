const struct table_spec tables[] = {
        {"contract", TABLE_STATE}, {"clause", TABLE_STATE},
        {"organisation", TABLE_COPY}, {"row", TABLE_STATE},
};
_Static_assert(sizeof(struct row) == 16, "no holes");
