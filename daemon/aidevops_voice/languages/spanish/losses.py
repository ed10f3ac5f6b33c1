"""Spanish: what was deleted, dropped or overwritten."""

from __future__ import annotations

from aidevops_voice.languages import Phrase

LOSSES: dict[str, Phrase] = {
    "losses.file": ("se borró {last}", "se borraron {first} y {last}"),
    "losses.file_many": "se borraron {n} archivos, entre ellos {names}",
    "losses.folder": ("se borró la carpeta {last}", "se borraron las carpetas {first} y {last}"),
    "losses.folder_many": "se borraron {n} carpetas, entre ellas {names}",
    "losses.emptied": ("se vació {last}", "se vaciaron {first} y {last}"),
    "losses.emptied_many": "se vaciaron {n} archivos, entre ellos {names}",
    "losses.untracked": (
        "se borró {last}, que no estaba en git",
        "se borraron {first} y {last}, que no estaban en git",
    ),
    "losses.untracked_many": "se borraron {n} archivos que no estaban en git, entre ellos {names}",
    "losses.branch": ("se borró la rama {last}", "se borraron las ramas {first} y {last}"),
    "losses.branch_many": "se borraron {n} ramas, entre ellas {names}",
    "losses.tag": ("se borró la etiqueta {last}", "se borraron las etiquetas {first} y {last}"),
    "losses.tag_many": "se borraron {n} etiquetas, entre ellas {names}",
    "losses.remote": ("se borró {last} en el remoto", "se borraron {first} y {last} en el remoto"),
    "losses.remote_many": "se borraron {n} ramas o etiquetas en el remoto, entre ellas {names}",
    "losses.forced": (
        "se sobrescribió {last} en el remoto a la fuerza",
        "se sobrescribieron {first} y {last} en el remoto a la fuerza",
    ),
    "losses.forced_many": "se sobrescribieron {n} ramas en el remoto a la fuerza, entre ellas {names}",
    "losses.worktree": (
        "se eliminó el árbol de trabajo {last}",
        "se eliminaron los árboles de trabajo {first} y {last}",
    ),
    "losses.worktree_many": "se eliminaron {n} árboles de trabajo, entre ellos {names}",
    "losses.discarded": ("se descartaron los cambios de {last}", "se descartaron los cambios de {first} y {last}"),
    "losses.discarded_many": "se descartaron los cambios de {n} archivos, entre ellos {names}",
    "losses.database": ("se eliminó la base de datos {last}", "se eliminaron las bases de datos {first} y {last}"),
    "losses.database_many": "se eliminaron {n} bases de datos, entre ellas {names}",
    "losses.schema": ("se eliminó el esquema {last}", "se eliminaron los esquemas {first} y {last}"),
    "losses.schema_many": "se eliminaron {n} esquemas, entre ellos {names}",
    "losses.table": ("se eliminó la tabla {last}", "se eliminaron las tablas {first} y {last}"),
    "losses.table_many": "se eliminaron {n} tablas, entre ellas {names}",
    "losses.view": ("se eliminó la vista {last}", "se eliminaron las vistas {first} y {last}"),
    "losses.view_many": "se eliminaron {n} vistas, entre ellas {names}",
    "losses.column": ("se eliminó la columna {last}", "se eliminaron las columnas {first} y {last}"),
    "losses.column_many": "se eliminaron {n} columnas, entre ellas {names}",
    "losses.truncated": ("se vació la tabla {last}", "se vaciaron las tablas {first} y {last}"),
    "losses.truncated_many": "se vaciaron {n} tablas, entre ellas {names}",
    "losses.volume": ("se borró el volumen {last}", "se borraron los volúmenes {first} y {last}"),
    "losses.volume_many": "se borraron {n} volúmenes, entre ellos {names}",
    "losses.container": ("se eliminó el contenedor {last}", "se eliminaron los contenedores {first} y {last}"),
    "losses.container_many": "se eliminaron {n} contenedores, entre ellos {names}",
    "losses.image": ("se eliminó la imagen {last}", "se eliminaron las imágenes {first} y {last}"),
    "losses.image_many": "se eliminaron {n} imágenes, entre ellas {names}",
    "losses.cluster": ("se borró {last} en el clúster", "se borraron {first} y {last} en el clúster"),
    "losses.cluster_many": "se borraron {n} objetos en el clúster, entre ellos {names}",
    "losses.release": ("se borró la versión publicada {last}", "se borraron las versiones publicadas {first} y {last}"),
    "losses.release_many": "se borraron {n} versiones publicadas, entre ellas {names}",
    "losses.bucket": ("se borró el depósito {last}", "se borraron los depósitos {first} y {last}"),
    "losses.bucket_many": "se borraron {n} depósitos, entre ellos {names}",
    "losses.cloud": ("se borró {last} en la nube", "se borraron {first} y {last} en la nube"),
    "losses.cloud_many": "se borraron {n} recursos en la nube, entre ellos {names}",
    "losses.repository": ("se borró el repositorio {last}", "se borraron los repositorios {first} y {last}"),
    "losses.repository_many": "se borraron {n} repositorios, entre ellos {names}",
    "losses.app": ("se destruyó la aplicación {last}", "se destruyeron las aplicaciones {first} y {last}"),
    "losses.app_many": "se destruyeron {n} aplicaciones, entre ellas {names}",
    "losses.unpublished": ("se retiró la publicación de {last}", "se retiró la publicación de {first} y {last}"),
    "losses.unpublished_many": "se retiró la publicación de {n} paquetes, entre ellos {names}",
    "losses.user": ("se borró el usuario {last}", "se borraron los usuarios {first} y {last}"),
    "losses.user_many": "se borraron {n} usuarios, entre ellos {names}",
    "losses.disk": ("se sobrescribió el disco {last}", "se sobrescribieron los discos {first} y {last}"),
    "losses.disk_many": "se sobrescribieron {n} discos, entre ellos {names}",
    "losses.things": ("se borró un archivo", "se borraron {n} archivos"),
    "losses.folder_with": (
        "se borró la carpeta {folder} con un archivo",
        "se borró la carpeta {folder} con {n} archivos",
    ),
    "losses.stash": ("se descartó un stash", "se descartaron {n} stashes"),
    "losses.commits": (
        "se deshizo la última confirmación, y si había cambios sin confirmar, se han perdido",
        "se deshicieron las últimas {n} confirmaciones, y si había cambios sin confirmar, se han perdido",
    ),
    "losses.unpushed": (
        "se perdió una confirmación que no se había subido",
        "se perdieron {n} confirmaciones que no se habían subido",
    ),
    "losses.unpushed_also": (
        "se perdió una confirmación sin subir, y los cambios sin confirmar, si los había",
        "se perdieron {n} confirmaciones sin subir, y los cambios sin confirmar, si los había",
    ),
    "losses.discarded_n": ("se descartaron los cambios de un archivo", "se descartaron los cambios de {n} archivos"),
    "losses.rows": ("se borró una fila de {table}", "se borraron {n} filas de {table}"),
    "losses.every_row": ("se borró la única fila de {table}", "se borraron las {n} filas de {table}"),
    "losses.rows_only": ("se borró una fila", "se borraron {n} filas"),
    "losses.tables_only": ("se eliminó una tabla", "se eliminaron {n} tablas"),
    "losses.databases_only": (
        "se eliminó una base de datos, un esquema o una vista",
        "se eliminaron {n} bases de datos, esquemas o vistas",
    ),
    "losses.truncated_only": ("se vació una tabla", "se vaciaron {n} tablas"),
    "losses.destroyed": ("se destruyó un recurso", "se destruyeron {n} recursos"),
    "losses.object": ("se borró un objeto del depósito {bucket}", "se borraron {n} objetos del depósito {bucket}"),
    "losses.keys": ("se borró una clave en Redis", "se borraron {n} claves en Redis"),
    "losses.unnamed": "se borraron archivos",
    "losses.unnamed_remote": "se borró algo en otra máquina",
    "losses.kind": "se borraron los archivos {suffix}",
    "losses.inside": "se borró todo lo que había en {folder}",
    "losses.here": "se borró todo lo que había en la carpeta actual",
    "losses.named": "se borraron los archivos con nombres como {stem}",
    "losses.some_in": "se borraron archivos en {folder}",
    "losses.stashes": "se descartaron todos los stashes",
    "losses.reset": "se restableció la rama, y si había cambios sin confirmar, se han perdido",
    "losses.reset_to": "se restableció la rama a {target}, y si había cambios sin confirmar, se han perdido",
    "losses.untracked_any": "se borraron archivos que no estaban en git",
    "losses.discarded_any": "se descartaron cambios sin confirmar",
    "losses.forced_any": "se sobrescribió la rama del remoto a la fuerza",
    "losses.history": "se reescribió el historial del repositorio",
    "losses.reflog": "se eliminaron confirmaciones antiguas, ya no se pueden recuperar",
    "losses.all_rows": "se borraron todas las filas de {table}",
    "losses.some_rows": "se borraron filas de {table}",
    "losses.database_reset": "se vació la base de datos",
    "losses.redis": "se vació la base de datos de Redis",
    "losses.stack": "se destruyó lo que estaba montado",
    "losses.crontab": "se borró el crontab",
    "losses.sent": "se envió una petición de borrado a {site}",
    "losses.objects": "se borraron objetos del depósito {bucket}",
    "losses.uncommitted": (
        "sin confirmar, no confirmados, no confirmadas, no estaban confirmados, sin guardar, sin commit, "
        "cambios locales, modificaciones locales, tus cambios, en ningún commit"
    ),
    "losses.reset_words": (
        "restablecido, restablecida, restablecí, restableció, restablecer, reseteado, reset, "
        "deshecho, deshice, deshizo, deshicieron"
    ),
    "losses.words": (
        "borrado, borrada, borrados, borradas, borró, borraron, borré, borrar, borra, eliminado, "
        "eliminada, eliminados, eliminadas, eliminó, eliminaron, eliminé, eliminar, elimina, "
        "vaciado, vaciada, vació, vaciaron, vacié, suprimido, suprimida, quitado, quitada, quité, "
        "destruido, destruida, destruidos, destruidas, destruyó, destruyeron, destruí, descartado, "
        "descartada, descartados, descartadas, descartó, descartaron, descarté, sobrescrito, "
        "sobrescrita, sobrescribió, sobrescribí, a la fuerza, forzado, forzada, perdido, perdida, "
        "perdidos, perdieron, deshecho, deshice, reescrito, reescribió, ya no"
    ),
}
