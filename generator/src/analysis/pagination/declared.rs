//! Pages that a user describes: what is said is looked for in what the operation takes and answers, so that a word that
//! leads nowhere is told rather than sent.

use super::evidence::{Input, Kind};
use super::first_page;
use super::lookup::Model;
use crate::model::{
    Advance, NextPlace, Operation, PageEnd, PagePlace, PageRule, PageRuleFault, PageStyle,
    Pagination, PaginationSource, ParameterLocation, Type, WireName,
};

/// What a rule comes to for an operation.
pub(super) fn resolve(
    model: Model<'_>,
    operation: &Operation,
    rule: &PageRule,
    source: PaginationSource,
) -> Result<Pagination, PageRuleFault> {
    let (page, _) = model
        .success(operation)
        .ok_or_else(|| PageRuleFault::whole("needs one successful answer in JSON"))?;
    let (items, item) = match &rule.items {
        Some(path) => (path.clone(), list_at(model, page, path)?),
        None => model.find_items(page, operation).ok_or_else(|| {
            PageRuleFault::whole("does not say in `items` which list of the answer has the items")
        })?,
    };
    let rule = Rule {
        model,
        operation,
        rule,
        page,
    };
    let advance = match rule.rule.style {
        PageStyle::Cursor => rule.cursor()?,
        PageStyle::LastItem => rule.last_item(item)?,
        PageStyle::Offset => Advance::Offset {
            to: rule.target(true)?.place,
            first: rule.rule.first.unwrap_or_default(),
            end: rule.end()?,
        },
        PageStyle::Page => rule.number()?,
        PageStyle::NextUrl => rule.url()?,
        PageStyle::Link => Advance::Link,
    };
    Ok(Pagination {
        source,
        items,
        item: item.clone(),
        page: page.clone(),
        advance,
    })
}

/// A rule, and what it speaks of.
struct Rule<'a> {
    model: Model<'a>,
    operation: &'a Operation,
    rule: &'a PageRule,
    page: &'a Type,
}

impl<'a> Rule<'a> {
    fn cursor(&self) -> Result<Advance, PageRuleFault> {
        let target = self.target(false)?;
        if matches!(target.place, PagePlace::Body(_)) && target.kind == Kind::Integer {
            let message = "a token is put into a body as text, and this property is a number";
            return Err(PageRuleFault::of("body", message));
        }
        match &self.rule.next {
            None => Err(PageRuleFault::whole(
                "does not say in `next` where the answer has the token",
            )),
            Some(NextPlace::Body(path)) => Ok(Advance::Cursor {
                to: target.place,
                from: self.token(self.page, path)?,
                more: self.flag()?,
            }),
            Some(NextPlace::Header(_)) if self.rule.more.is_some() => {
                let message = "a header that is absent says by itself that there are no more pages";
                Err(PageRuleFault::of("more", message))
            }
            Some(NextPlace::Header(name)) => Ok(Advance::Header {
                to: Some(target.place),
                from: name.clone(),
            }),
        }
    }

    fn last_item(&self, item: &'a Type) -> Result<Advance, PageRuleFault> {
        let target = self.target(false)?;
        let id = [WireName::new("id")];
        let from = match &self.rule.next {
            None => self.token(item, &id)?,
            Some(NextPlace::Body(path)) => self.token(item, path)?,
            Some(NextPlace::Header(_)) => {
                let message = "`next` is names of properties of an item";
                return Err(PageRuleFault::of("next", message));
            }
        };
        Ok(Advance::LastItem {
            to: target.place,
            from,
            more: self.flag()?,
        })
    }

    fn number(&self) -> Result<Advance, PageRuleFault> {
        let target = self.target(true)?;
        Ok(Advance::Page {
            first: self.rule.first.unwrap_or_else(|| first_page(&target)),
            to: target.place,
            end: self.end()?,
        })
    }

    fn url(&self) -> Result<Advance, PageRuleFault> {
        match &self.rule.next {
            None => Err(PageRuleFault::whole(
                "does not say in `next` where the answer has the URL",
            )),
            Some(NextPlace::Body(path)) => Ok(Advance::Url {
                from: self.token(self.page, path)?,
            }),
            Some(NextPlace::Header(name)) if name.as_str().eq_ignore_ascii_case("link") => {
                let message = "the header `Link` has relations beside URLs: `style: link` reads it";
                Err(PageRuleFault::of("next", message))
            }
            Some(NextPlace::Header(name)) => Ok(Advance::Header {
                to: None,
                from: name.clone(),
            }),
        }
    }

    /// Where the request says which page it asks for.
    fn target(&self, counts: bool) -> Result<Input<'a>, PageRuleFault> {
        let fault = match &self.rule.to {
            None => {
                let message = "does not say in `parameter` or `body` which page a request asks for";
                return Err(PageRuleFault::whole(message));
            }
            Some(PagePlace::Query(name)) => {
                let mut inputs = self.model.inputs(self.operation).into_iter();
                let is_it = |input: &Input<'_>| input.place == PagePlace::Query(name.clone());
                match inputs.find(is_it) {
                    Some(input) if !matches!(input.kind, Kind::Other | Kind::Flag) => {
                        return Ok(input);
                    }
                    Some(_) => "takes neither a text nor a number".to_owned(),
                    None => match self.location(name) {
                        Some(location) => {
                            format!("is a parameter in the {location}, not the query")
                        }
                        None => "is no query parameter of the operation".to_owned(),
                    },
                }
            }
            Some(PagePlace::Body(path)) => match self.property(path) {
                Some(Kind::Integer) => return Ok(self.in_body(path, Kind::Integer)),
                Some(Kind::Any) => return Ok(self.in_body(path, Kind::Any)),
                Some(Kind::Text) if !counts => return Ok(self.in_body(path, Kind::Text)),
                Some(_) if counts => "is no number".to_owned(),
                Some(_) => "is neither a text nor a number".to_owned(),
                None => "is no property of a body in JSON".to_owned(),
            },
        };
        let (key, name) = match &self.rule.to {
            Some(PagePlace::Body(path)) => ("body", spelled(path)),
            Some(PagePlace::Query(name)) => ("parameter", name.as_str().to_owned()),
            None => ("parameter", String::new()),
        };
        Err(PageRuleFault::of(key, format!("`{name}` {fault}")))
    }

    fn location(&self, name: &WireName) -> Option<&'static str> {
        let mut parameters = self.operation.parameters.iter();
        let parameter = parameters.find(|parameter| parameter.name == *name)?;
        Some(match parameter.location {
            ParameterLocation::Path => "path",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookies",
            ParameterLocation::Query => return None,
        })
    }

    fn property(&self, path: &[WireName]) -> Option<Kind> {
        let body = self.model.body(self.operation)?;
        self.model.kind_at(body, path)
    }

    fn in_body(&self, path: &[WireName], kind: Kind) -> Input<'a> {
        Input {
            words: String::new(),
            place: PagePlace::Body(path.to_vec()),
            kind,
            parameter: None,
        }
    }

    /// A value of an answer or an item that the next request sends.
    fn token(&self, ty: &'a Type, path: &[WireName]) -> Result<Vec<WireName>, PageRuleFault> {
        let kinds = [Kind::Text, Kind::Integer, Kind::Any];
        self.value(ty, "next", path, &kinds, "is neither a text nor a number")
    }

    fn flag(&self) -> Result<Option<Vec<WireName>>, PageRuleFault> {
        let kinds = [Kind::Flag, Kind::Any];
        let check = |path: &Vec<WireName>| {
            self.value(self.page, "more", path, &kinds, "is neither true nor false")
        };
        self.rule.more.as_ref().map(check).transpose()
    }

    /// What says that there are no more pages of those that are counted.
    fn end(&self) -> Result<PageEnd, PageRuleFault> {
        let number = |key, path: &[WireName]| {
            let kinds = [Kind::Integer, Kind::Any];
            self.value(self.page, key, path, &kinds, "is no number")
        };
        if let Some(path) = &self.rule.total {
            return number("total", path).map(PageEnd::Items);
        }
        if let Some(path) = &self.rule.pages {
            return number("pages", path).map(PageEnd::Pages);
        }
        let Some(path) = &self.rule.more else {
            return Ok(PageEnd::Empty);
        };
        match self.model.kind_at(self.page, path) {
            Some(Kind::Flag) => Ok(PageEnd::Flag(path.clone())),
            Some(_) => Ok(PageEnd::Missing(path.clone())),
            None => Err(missing("more", path)),
        }
    }

    fn value(
        &self,
        ty: &'a Type,
        key: &str,
        path: &[WireName],
        kinds: &[Kind],
        otherwise: &str,
    ) -> Result<Vec<WireName>, PageRuleFault> {
        match self.model.kind_at(ty, path) {
            Some(kind) if kinds.contains(&kind) => Ok(path.to_vec()),
            Some(_) => {
                let message = format!("`{}` {otherwise}", spelled(path));
                Err(PageRuleFault::of(key, message))
            }
            None => Err(missing(key, path)),
        }
    }
}

/// The type of the items of the list at a path.
fn list_at<'a>(
    model: Model<'a>,
    page: &'a Type,
    path: &[WireName],
) -> Result<&'a Type, PageRuleFault> {
    let mut ty = page;
    for name in path {
        let fields = model.record(ty).map(|record| record.fields.iter());
        let field = fields.and_then(|mut fields| fields.find(|field| field.name == *name));
        ty = &field.ok_or_else(|| missing("items", path))?.ty;
    }
    match model.resolve(ty) {
        Type::List(item) => Ok(item),
        _ if path.is_empty() => Err(PageRuleFault::of("items", "the answer is no list")),
        _ => {
            let message = format!("`{}` is no list", spelled(path));
            Err(PageRuleFault::of("items", message))
        }
    }
}

fn missing(key: &str, path: &[WireName]) -> PageRuleFault {
    let message = format!("no property `{}` is where it is looked for", spelled(path));
    PageRuleFault::of(key, message)
}

fn spelled(path: &[WireName]) -> String {
    let names: Vec<&str> = path.iter().map(WireName::as_str).collect();
    names.join(".")
}
