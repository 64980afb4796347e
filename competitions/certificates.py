"""A person's own certificates of prizes."""

from django.urls import reverse

from .models import AwardCertificate


def certificates_of(entry, participant):
    """This person's certificates for an entry (or its key), with what they are of: one query. Nobody else's;
    whoever gave their place up since keeps theirs."""
    if participant is None:
        return AwardCertificate.objects.none()
    rows = AwardCertificate.objects.filter(award__entry=entry, participant=participant)
    return rows.select_related("certificate", "award__prize").order_by("pk")


def download_of(row):
    """Where its holder downloads the PDF."""
    return reverse("competitions:entry_certificate", args=[row.award.entry_id, row.certificate.code])
