"""E-mail addresses as accounts carry them; no database."""

from email_validator import EmailNotValidError, validate_email

from shop.errors import N_, Invalid

LONGEST = 255


def normal_email(text: str) -> str:
    """The one spelling of an address: letters small, the domain in its own script. Raises Invalid.

    Signing in asks the same validator (RFC 5322, RFC 6531), so what is refused there is refused here: .local, .test.
    """
    try:
        email = validate_email(text.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid("email_wrong", N_("This is not an e-mail address."), field="email") from error
    if len(email) > LONGEST:
        raise Invalid("email_wrong", N_("This is not an e-mail address."), field="email")
    return email
