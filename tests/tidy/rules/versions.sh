# A service's events and tables are those of its store_version, as proto/store-versions.txt noted them: who changes one
# raises the other, or an older store would be read as if it were one of today.
while read -r service version hash; do
        noted=$(awk -v s="$service" -v v="$version" '$1 == s && $2 == v { print $3 }' proto/store-versions.txt)
        if [ -z "$noted" ]; then
                echo "services/$service:1: store version $version is not noted; run scripts/store-versions"
        elif [ "$noted" != "$hash" ]; then
                echo "services/$service:1: events or tables changed, store_version $version did not;" \
                        "raise it, then run scripts/store-versions"
        fi
done < <("$here/../../scripts/store-versions" --root "$root" --print)
