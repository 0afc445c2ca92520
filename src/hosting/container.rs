//! A `Containerfile` for an image that serves a built site.
//!
//! Entry: [`containerfile`]. Invariant: the container runs as an unprivileged user, writes to `/tmp` only, and listens on an
//! unprivileged port.

/// The `Containerfile`; `folder` is the folder of the built site.
pub(super) fn containerfile(folder: &str) -> String {
    format!(
        "# A container that serves the built site; beside this file stand nginx.conf and the site.\n\
         #   controlbook build\n\
         #   podman build -t catalogue .\n\
         #   podman run --rm --read-only --tmpfs /tmp --cap-drop all --security-opt no-new-privileges -p 8080:8080 catalogue\n\
         # docker takes the same words, with -f Containerfile when it builds.\n\
         # The image's own user is no root. For a build that never changes by itself, name it by its digest as well:\n\
         # `podman pull` prints it, and NAME:TAG@sha256:… pins it; renew it for each security update of nginx.\n\
         FROM docker.io/nginxinc/nginx-unprivileged:stable-alpine\n\
         # Root owns both, so that the server can't change what it serves.\n\
         COPY nginx.conf /etc/nginx/nginx.conf\n\
         COPY {folder}/ /srv/site/\n\
         USER 101:101\n\
         EXPOSE 8080\n\
         STOPSIGNAL SIGQUIT\n\
         ENTRYPOINT [\"nginx\", \"-g\", \"daemon off;\"]\n\
         CMD []\n"
    )
}
