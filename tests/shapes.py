"""Documents that are large in one way each, as functions of how large."""


def document(**more):
    return {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}} | more


def schemas(named, **more):
    return document(components={"schemas": named}, **more)


def ref(name, file=""):
    return {"$ref": f"{file}#/components/schemas/{name}"}


def answer(schema):
    return {"200": {"description": "d", "content": {"application/json": {"schema": schema}}}}


def record(**properties):
    return {"type": "object", "properties": properties}


def marks(number):
    """A number in marks that no name can hold."""
    return f"{number:020b}".replace("0", "-").replace("1", ".")


TEXT = {"type": "string"}


def get(number, responses, **more):
    return {"get": {"operationId": f"op{number}", "responses": responses} | more}


def many_paths(n):
    parameter = {"name": "id", "in": "path", "required": True, "schema": TEXT}
    return document(paths={f"/p{i}/{{id}}": get(i, answer(TEXT), parameters=[parameter]) for i in range(n)})


def many_tags(n):
    paths = {f"/p{i}": get(i, answer(TEXT), tags=[f"t{i}"]) for i in range(n)}
    return document(tags=[{"name": f"t{i}"} for i in range(n)], paths=paths)


def one_tag(n):
    return document(paths={f"/p{i}": get(i, answer(TEXT), tags=["all"]) for i in range(n)})


def one_answer(n):
    """Operations that all refer to one error."""
    error = {"$ref": "#/components/responses/E"}
    paths = {f"/p{i}": get(i, answer(ref("S")) | {"400": error, "default": error}) for i in range(n)}
    components = {"schemas": {"S": record(a=TEXT)}, "responses": {"E": answer(ref("S"))["200"]}}
    return document(paths=paths, components=components)


def same_ids(n):
    paths = {f"/p{i}": {"get": {"operationId": "same", "responses": answer(record(a=TEXT))}} for i in range(n)}
    return document(paths=paths)


def no_ids(n):
    return document(paths={f"/p{i % 7}/x{i}": {"get": {"responses": answer(record(a=TEXT))}} for i in range(n)})


def many_parameters(n):
    def of(letter):
        return [{"name": f"{letter}{i}", "in": "query", "schema": TEXT} for i in range(n)]

    return document(paths={"/p": {"parameters": of("s")} | get(0, answer(TEXT), parameters=of("q"))})


def many_schemas(n):
    return schemas({f"S{i}": record(a=TEXT, b=ref(f"S{i * 7 % n}")) for i in range(n)})


def same_names(n):
    """Names that are one after their case is converted."""
    return schemas({f"A{marks(i)}b": record(a=TEXT) for i in range(n)})


def wide_record(n):
    return schemas({"S": record(**{f"f{i}": TEXT for i in range(n)}) | {"required": [f"f{i}" for i in range(n)]}})


def wide_inherited(n):
    """A wide object that many others take over in part: the output is as large as they are together."""
    base = record(**{f"f{i}": TEXT for i in range(20)})
    return schemas({"B": base} | {f"S{i}": {"allOf": [ref("B"), record(**{f"p{i}": TEXT})]} for i in range(n)})


def all_of_chain(n):
    """Chains of 20, since what each inherits is written out."""

    def link(i):
        return {"allOf": [ref(f"S{i + 1}"), record(**{f"p{i}": TEXT})]}

    return schemas({f"S{i}": link(i) if i % 20 != 19 and i < n - 1 else record(x=TEXT) for i in range(n)})


def empty_all_of_chain(n):
    """One chain in which nothing is inherited but its end."""
    return schemas({f"S{i}": {"allOf": [ref(f"S{i + 1}")]} for i in range(n)} | {f"S{n}": record(x=TEXT)})


def wide_all_of(n):
    parts = {f"S{i}": record(**{f"p{i}": TEXT}) for i in range(n)}
    return schemas(parts | {"All": {"allOf": [ref(name) for name in parts]}})


def alias_chain(n):
    return schemas({f"S{i}": ref(f"S{i + 1}") for i in range(n)} | {f"S{n}": TEXT})


def used_alias_chain(n):
    """Every link of a chain is used by a property."""
    chain = {f"S{i}": ref(f"S{i + 1}") for i in range(n)} | {f"S{n}": record(a=TEXT)}
    return schemas(chain | {"R": record(**{f"p{i}": ref(f"S{i}") for i in range(n)})})


def list_chain(n):
    """Each is a list of the next."""
    return schemas({f"S{i}": {"type": "array", "items": ref(f"S{i + 1}")} for i in range(n)} | {f"S{n}": TEXT})


def record_chain(n):
    """Each holds the next, which the samples of each show."""
    return schemas({f"S{i}": record(a=ref(f"S{i + 1}")) | {"required": ["a"]} for i in range(n)} | {f"S{n}": TEXT})


def union_chain(n):
    """Each is a choice of the next and a text."""
    return schemas({f"S{i}": {"oneOf": [ref(f"S{i + 1}"), {"type": "boolean"}]} for i in range(n)} | {f"S{n}": TEXT})


def cycle(n):
    """Every schema leads to every other."""
    return schemas({f"S{i}": record(a=ref(f"S{(i + 1) % n}"), b=ref(f"S{i * 5 % n}")) for i in range(n)})


def refs_elsewhere(n):
    """References to places inside of other schemas."""
    parts = record(**{f"p{i}": record(a=TEXT) for i in range(n)})
    return schemas({"A": parts, "B": record(**{f"q{i}": ref(f"A/properties/p{i}") for i in range(n)})})


def lost_refs(n):
    return schemas({f"S{i}": ref(f"None{i}") for i in range(n)})


def wide_union(n):
    named = {f"S{i}": record(**{f"k{i}": TEXT}) | {"required": [f"k{i}"]} for i in range(n)}
    return schemas(named | {"U": {"oneOf": [ref(name) for name in named]}})


def alike_union(n):
    """Nothing tells the variants apart."""
    named = {f"S{i}": record(a=TEXT, b=TEXT) for i in range(n)}
    return schemas(named | {"U": {"oneOf": [ref(name) for name in named]}})


def union_by_constant(n):
    named = {f"S{i}": record(k={"type": "string", "enum": [f"k{i}"]}) | {"required": ["k"]} for i in range(n)}
    return schemas(named | {"U": {"oneOf": [ref(name) for name in named]}})


def union_by_discriminator(n):
    named = {f"S{i}": record(k=TEXT) for i in range(n)}
    mapping = {f"k{i}": f"#/components/schemas/S{i}" for i in range(n)}
    decided = {"discriminator": {"propertyName": "k", "mapping": mapping}}
    return schemas(named | {"U": {"oneOf": [ref(name) for name in named]} | decided})


def big_enum(n):
    return schemas({"E": {"type": "string", "enum": [f"value-{i}" for i in range(n)]}})


def same_values(n):
    """Values that are one after their case is converted."""
    return schemas({"E": {"type": "string", "enum": [f"a{marks(i)}" for i in range(n)]}})


def inline_same(n):
    part = record(kind={"type": "string", "enum": ["a", "b"]})
    return schemas({"S": record(**{f"p{i}": part for i in range(n)})})


def inline_other(n):
    return schemas({"S": record(**{f"p{i}": record(**{f"q{i}": TEXT}) for i in range(n)})})


def deep(n):
    """Nesting within the limit, many times."""

    def nested(depth):
        return record(a=nested(depth - 1)) if depth else TEXT

    return schemas({f"S{i}": nested(20) for i in range(n)})


def long_description(n):
    text = "Some *words* of `text` and [links](https://e.example). " * n
    return schemas({"S": record(a=TEXT) | {"description": text}})


def hostile_description(n):
    """Marks that open and never close."""
    return schemas({"S": record(a=TEXT) | {"description": "[*_`<a [![](<x " * n + "> - " * min(n, 40)}})


def unclosed_html(n):
    return schemas({"S": record(a=TEXT) | {"description": "<p><b><ul><li>" * n}})


def many_lines(n):
    return schemas({"S": record(a=TEXT) | {"description": "- item\n\n  1. more\n\n> quote\n\n" * n}})


def big_example(n):
    return schemas({"S": record(a={"type": "array", "items": TEXT}) | {"example": {"a": [f"v{i}" for i in range(n)]}}})


def unknown_fields(n):
    return schemas({"S": record() | {f"f{i}": 1 for i in range(n)}})


def many_errors(n):
    return schemas({f"S{i}": {"type": 5, "properties": [], "required": True} for i in range(n)})


def many_servers(n):
    return document(servers=[{"url": f"https://s{i}.example/"} for i in range(n)])


def many_schemes(n):
    scheme = {"type": "apiKey", "in": "header", "name": "K"}
    components = {"securitySchemes": {f"k{i}": scheme for i in range(n)}}
    return document(components=components, paths={f"/p{i}": get(i, answer(TEXT), security=[{f"k{i}": []}]) for i in range(n)})


def many_statuses(n):
    return document(paths={"/p": get(0, {str(100 + i % 500): answer(record(a=TEXT))["200"] for i in range(n)})})


def webhooks(n):
    return document(webhooks={f"w{i}": {"post": {"responses": answer(TEXT)}} for i in range(n)}) | {"openapi": "3.1.0"}


def identifiers(n):
    """3.1: schemas that are called by identifiers of their own."""

    def one(i):
        own = {"$id": f"https://e.example/s{i}", "$anchor": f"a{i}"}
        return own | record(b={"$ref": f"https://e.example/s{i * 7 % n}"})

    return schemas({f"S{i}": one(i) for i in range(n)}) | {"openapi": "3.1.0"}


def definitions(n):
    """3.1: schemas with definitions of their own, and fields beside references."""
    inner = {f"D{i}": {"type": ["string", "null"], "const": f"v{i}"} for i in range(n)}
    used = {f"p{i}": {"$ref": f"#/components/schemas/S/$defs/D{i}", "description": f"d{i}"} for i in range(n)}
    return schemas({"S": record(**used) | {"$defs": inner}}) | {"openapi": "3.1.0"}


def inline_alike(n):
    """The same values again and again, each time with other words."""
    return schemas({"S": record(**{f"p{i}": TEXT | {"enum": ["a", "b"], "description": f"D {i}."} for i in range(n)})})


def conditions(n):
    """3.1: a condition for each value."""
    conditions = [{"if": {"properties": {"k": {"const": f"{i}"}}}, "then": record(**{f"p{i}": TEXT})} for i in range(n)]
    return schemas({"S": record(k=TEXT) | {"allOf": conditions}}) | {"openapi": "3.1.0"}


def many_headers(n):
    headers = {f"X-H{i}": {"schema": TEXT} for i in range(n)}
    return document(paths={"/p": get(0, {"200": {"description": "d", "headers": headers}})})


def many_media_types(n):
    content = {f"application/vnd.x{i}+json": {"schema": record(**{f"a{i}": TEXT})} for i in range(n)}
    return document(paths={"/p": get(0, {"200": {"description": "d", "content": content}})})


def many_scopes(n):
    flow = {"tokenUrl": "https://a.example/t", "scopes": {f"s{i}": "d" for i in range(n)}}
    scheme = {"type": "oauth2", "flows": {"clientCredentials": flow}}
    return document(components={"securitySchemes": {"o": scheme}}, paths={"/p": get(0, answer(TEXT), security=[{"o": []}])})


def server_variables(n):
    url = "https://a.example/" + "/".join(f"{{v{i}}}" for i in range(n))
    server = {"url": url, "variables": {f"v{i}": {"default": "d"} for i in range(n)}}
    return document(servers=[server], paths={"/p": get(0, answer(TEXT))})


def query_in_path(n):
    return document(paths={"/p?" + "&".join(f"a{i}=1" for i in range(n)): get(0, answer(TEXT))})


def links(n):
    """Each answer leads to the next operation."""
    def leads(i):
        return {"200": {"description": "d", "links": {"l": {"operationId": f"op{(i + 1) % n}"}}}}

    return document(paths={f"/p{i}": get(i, leads(i)) for i in range(n)})


def nested_tags(n):
    """3.2: each tag stands under the next."""
    tags = [{"name": f"t{i}", "parent": f"t{i + 1}"} for i in range(n)] + [{"name": f"t{n}"}]
    return document(tags=tags, paths={"/p": get(0, answer(TEXT), tags=["t0"])}) | {"openapi": "3.2.0"}


def swagger(n):
    def operation(i):
        body = {"name": "b", "in": "body", "schema": {"$ref": f"#/definitions/S{i}"}}
        responses = {"200": {"description": "d", "schema": {"$ref": f"#/definitions/S{i}"}}}
        return {"post": {"operationId": f"o{i}", "parameters": [body], "responses": responses}}

    paths = {f"/p{i}": operation(i) for i in range(n)}
    named = {f"S{i}": record(a=TEXT) for i in range(n)}
    return {"swagger": "2.0", "info": {"title": "T", "version": "1"}, "paths": paths, "definitions": named}


def many_files(n):
    """A file for each path, and each with a schema in another."""
    named = {f"/p{i}": {"$ref": f"paths/{i}.json"} for i in range(n)}
    files = {"document.json": document(paths=named)}
    for i in range(n):
        files[f"paths/{i}.json"] = get(i, answer({"$ref": f"../schemas/{i * 7 % n}.json"}))
        files[f"schemas/{i}.json"] = record(a=TEXT, next={"$ref": f"{(i + 1) % n}.json"})
    return files


def one_other_file(n):
    """All references lead into one file."""
    named = {f"S{i}": ref(f"T{i}", "other.json") for i in range(n)}
    other = schemas({f"T{i}": record(a=TEXT, b=ref(f"T{i * 7 % n}")) for i in range(n)})
    return {"document.json": schemas(named), "other.json": other}


def file_chain(n):
    """Each file refers to the next."""
    files = {"document.json": schemas({"S": {"$ref": "0.json"}})}
    return files | {f"{i}.json": record(a={"$ref": f"{i + 1}.json"}) if i < n - 1 else TEXT for i in range(n)}


# Each with the size to start from: what takes some tenths of a second.
SHAPES = {
    make.__name__: (make, size)
    for make, size in [
        (many_paths, 2000), (many_tags, 1000), (one_tag, 2000), (one_answer, 2000), (same_ids, 2000), (no_ids, 2000),
        (many_parameters, 4000), (many_schemas, 5000), (same_names, 2500), (wide_record, 10000), (wide_inherited, 500),
        (all_of_chain, 2000), (empty_all_of_chain, 5000), (wide_all_of, 4000), (alias_chain, 10000),
        (used_alias_chain, 5000), (list_chain, 5000), (record_chain, 5000), (union_chain, 5000), (cycle, 5000),
        (refs_elsewhere, 5000), (lost_refs, 10000), (wide_union, 4000), (alike_union, 4000), (union_by_constant, 4000),
        (union_by_discriminator, 4000), (big_enum, 20000), (same_values, 2500), (inline_same, 5000), (inline_other, 5000),
        (deep, 200), (long_description, 10000), (hostile_description, 10000), (unclosed_html, 10000), (many_lines, 10000),
        (big_example, 20000), (unknown_fields, 20000), (many_errors, 5000), (many_servers, 5000), (many_schemes, 1000),
        (many_statuses, 125), (webhooks, 5000), (identifiers, 4000), (definitions, 5000), (swagger, 1000), (many_files, 500),
        (one_other_file, 4000), (file_chain, 1000), (inline_alike, 5000), (conditions, 1000), (many_headers, 4000),
        (links, 1000), (nested_tags, 2000),
    ]
}
