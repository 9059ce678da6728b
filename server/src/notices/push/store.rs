//! Queries over push subscriptions and what they follow.

use diesel::prelude::*;

use super::SubscriptionId;
use crate::concerns::ConcernId;
use crate::identity::{AccountId, SessionId};
use crate::notices::preferences::Preferences;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{preferences, push_follows, push_subscriptions, sessions};

/// A browser that asked to be told.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = push_subscriptions, treat_none_as_null = true)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Where its push service takes messages: a secret.
    pub endpoint: String,
    /// The browser's public key, base64url.
    pub p256dh: String,
    /// The browser's authentication secret, base64url.
    pub auth: String,
    /// `sq` or `en`.
    pub language: String,
    /// The session it is in, where that may be known.
    pub session_id: Option<SessionId>,
}

/// A browser to push to.
#[derive(Queryable)]
pub struct Device {
    /// The subscription.
    pub row: Subscription,
    /// Whose browser, where it may be known.
    pub account: Option<AccountId>,
    /// What they chose, where they did.
    pub wishes: Option<Preferences>,
}

/// Something a subscription follows.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = push_follows)]
pub struct Followed {
    /// `municipality`, `unit`, `topic`, `concern` or `thread`.
    pub kind: String,
    /// The municipality's code, alone or with the unit's slug or the topic's code behind a slash;
    /// the concern's id; the mark of the receipt.
    pub subject: String,
}

/// The subscription at an endpoint.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_subscription(
    unit: &mut Unit<'_>,
    endpoint: &str,
) -> Result<Option<Subscription>, Problem> {
    Ok(push_subscriptions::table
        .filter(push_subscriptions::endpoint.eq(endpoint))
        .select(Subscription::as_select())
        .first(unit.conn)
        .optional()?)
}

/// Adds a subscription or writes it back.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_subscription(unit: &mut Unit<'_>, row: &Subscription) -> Result<(), Problem> {
    let changed = diesel::update(push_subscriptions::table.find(&row.id))
        .set(row)
        .execute(unit.conn)?;
    if changed == 0 {
        diesel::insert_into(push_subscriptions::table)
            .values(row)
            .execute(unit.conn)?;
    }
    Ok(())
}

/// Takes a subscription away with all it follows.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_subscription(unit: &mut Unit<'_>, id: &SubscriptionId) -> Result<(), Problem> {
    diesel::delete(push_subscriptions::table.find(id)).execute(unit.conn)?;
    Ok(())
}

/// What a subscription follows.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_followed(unit: &mut Unit<'_>, id: &SubscriptionId) -> Result<Vec<Followed>, Problem> {
    Ok(push_follows::table
        .filter(push_follows::subscription_id.eq(id))
        .order((push_follows::kind, push_follows::subject))
        .select(Followed::as_select())
        .load(unit.conn)?)
}

/// Lets a subscription follow something more.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_followed(
    unit: &mut Unit<'_>,
    id: &SubscriptionId,
    followed: &Followed,
) -> Result<(), Problem> {
    diesel::insert_into(push_follows::table)
        .values((
            push_follows::subscription_id.eq(id),
            push_follows::kind.eq(&followed.kind),
            push_follows::subject.eq(&followed.subject),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// Lets a subscription follow something no more.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_followed(
    unit: &mut Unit<'_>,
    id: &SubscriptionId,
    followed: &Followed,
) -> Result<(), Problem> {
    diesel::delete(push_follows::table.find((&followed.kind, &followed.subject, id)))
        .execute(unit.conn)?;
    Ok(())
}

/// Lets whoever follows a merged concern follow the one it became too.
///
/// # Errors
/// `storage_unavailable`.
pub fn merge_followed(
    unit: &mut Unit<'_>,
    from: &ConcernId,
    into: &ConcernId,
) -> Result<(), Problem> {
    let (into, kind) = (into.to_string(), "concern");
    let subscriptions: Vec<SubscriptionId> = push_follows::table
        .filter(push_follows::kind.eq(kind))
        .filter(push_follows::subject.eq(from.as_str()))
        .select(push_follows::subscription_id)
        .load(unit.conn)?;
    for id in subscriptions {
        let known: i64 = push_follows::table
            .filter(push_follows::kind.eq(kind))
            .filter(push_follows::subject.eq(&into))
            .filter(push_follows::subscription_id.eq(&id))
            .count()
            .get_result(unit.conn)?;
        if known == 0 {
            let followed = Followed {
                kind: kind.to_owned(),
                subject: into.clone(),
            };
            insert_followed(unit, &id, &followed)?;
        }
    }
    Ok(())
}

/// Takes away the subscriptions of an account: it is being deleted.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_subscriptions_of(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    for id in list_subscriptions_of(unit, std::slice::from_ref(account))? {
        delete_subscription(unit, &id)?;
    }
    Ok(())
}

/// The subscriptions in a session of these accounts.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_subscriptions_of(
    unit: &mut Unit<'_>,
    accounts: &[AccountId],
) -> Result<Vec<SubscriptionId>, Problem> {
    Ok(push_subscriptions::table
        .inner_join(sessions::table)
        .filter(sessions::account_id.eq_any(accounts.to_vec()))
        .order(push_subscriptions::id)
        .select(push_subscriptions::id)
        .load(unit.conn)?)
}

/// The next subscriptions that follow something, in the order of their ids.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_followers(
    unit: &mut Unit<'_>,
    followed: &Followed,
    after: Option<&SubscriptionId>,
    most: i64,
) -> Result<Vec<(SubscriptionId, Option<AccountId>)>, Problem> {
    let after = after.map_or("", SubscriptionId::as_str).to_owned();
    Ok(push_follows::table
        .inner_join(push_subscriptions::table.left_join(sessions::table))
        .filter(push_follows::kind.eq(&followed.kind))
        .filter(push_follows::subject.eq(&followed.subject))
        .filter(push_follows::subscription_id.gt(after))
        .order(push_follows::subscription_id)
        .limit(most)
        .select((push_subscriptions::id, sessions::account_id.nullable()))
        .load(unit.conn)?)
}

/// The next accounts that follow something with a device of theirs, each once, in the order of their ids.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_following_accounts(
    unit: &mut Unit<'_>,
    followed: &Followed,
    after: Option<&AccountId>,
    most: i64,
) -> Result<Vec<AccountId>, Problem> {
    let after = after.map_or("", AccountId::as_str).to_owned();
    Ok(push_follows::table
        .inner_join(push_subscriptions::table.inner_join(sessions::table))
        .filter(push_follows::kind.eq(&followed.kind))
        .filter(push_follows::subject.eq(&followed.subject))
        .filter(sessions::account_id.gt(after))
        .order(sessions::account_id)
        .limit(most)
        .select(sessions::account_id)
        .distinct()
        .load(unit.conn)?)
}

/// These subscriptions, as far as they still exist, with what their accounts chose.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_subscriptions(
    unit: &mut Unit<'_>,
    ids: &[SubscriptionId],
) -> Result<Vec<Device>, Problem> {
    Ok(push_subscriptions::table
        .left_join(
            sessions::table
                .left_join(preferences::table.on(preferences::account_id.eq(sessions::account_id))),
        )
        .filter(push_subscriptions::id.eq_any(ids.to_vec()))
        .select((
            Subscription::as_select(),
            sessions::account_id.nullable(),
            Option::<Preferences>::as_select(),
        ))
        .load(unit.conn)?)
}
